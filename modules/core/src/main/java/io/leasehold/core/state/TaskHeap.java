package io.leasehold.core.state;

import io.leasehold.core.table.PlacedHeap;

/** Tasks that wait. Every order ends with the admission number, so no two tasks are equal. Not thread-safe. */
final class TaskHeap extends PlacedHeap<TaskEntry> {

    /** The orders in which tasks wait. */
    enum Order {
        /** As {@link TaskEntry#compareTo}. */
        DISPATCH {
            @Override
            boolean before(TaskEntry a, TaskEntry b) {
                return a.compareTo(b) < 0;
            }
        },
        /** The earlier start, then the earlier admission. */
        START {
            @Override
            boolean before(TaskEntry a, TaskEntry b) {
                return a.notBeforeMs != b.notBeforeMs ? a.notBeforeMs < b.notBeforeMs : a.number < b.number;
            }

            @Override
            int place(TaskEntry entry) {
                return entry.standsAt == NOWHERE ? NOWHERE : ~entry.standsAt;
            }

            @Override
            void place(TaskEntry entry, int at) {
                entry.standsAt = at == NOWHERE ? at : ~at;
            }
        },
        /** The earlier deadline, then the earlier admission. */
        DEADLINE {
            @Override
            boolean before(TaskEntry a, TaskEntry b) {
                return a.deadlineMs != b.deadlineMs ? a.deadlineMs < b.deadlineMs : a.number < b.number;
            }

            @Override
            int place(TaskEntry entry) {
                return entry.deadlineAt;
            }

            @Override
            void place(TaskEntry entry, int at) {
                entry.deadlineAt = at;
            }
        };

        abstract boolean before(TaskEntry a, TaskEntry b);

        /** Where the task stands in its heap; a task waits in one heap by start or dispatch, and may be in that of deadlines. */
        int place(TaskEntry entry) {
            return entry.standsAt;
        }

        void place(TaskEntry entry, int at) {
            entry.standsAt = at;
        }
    }

    private final Order order;

    TaskHeap(Order order) {
        this.order = order;
    }

    @Override
    protected boolean before(TaskEntry a, TaskEntry b) {
        return order.before(a, b);
    }

    @Override
    protected int place(TaskEntry entry) {
        return order.place(entry);
    }

    @Override
    protected void place(TaskEntry entry, int at) {
        order.place(entry, at);
    }
}

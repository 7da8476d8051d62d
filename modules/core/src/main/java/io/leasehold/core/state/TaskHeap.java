package io.leasehold.core.state;

import java.util.Arrays;

/**
 * A binary heap of tasks in which every task knows its place, so that any of them leaves in O(log n) (Williams 1964,
 * Algorithm 232, with an index). Every order ends with the admission number, so no two tasks are equal and the same tasks
 * leave in the same order whatever happened before. Not thread-safe.
 */
final class TaskHeap {

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
                return entry.standsAt == TaskEntry.NOWHERE ? TaskEntry.NOWHERE : ~entry.standsAt;
            }

            @Override
            void place(TaskEntry entry, int at) {
                entry.standsAt = at == TaskEntry.NOWHERE ? at : ~at;
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
    private TaskEntry[] entries = new TaskEntry[16];
    private int size;

    TaskHeap(Order order) {
        this.order = order;
    }

    int size() {
        return size;
    }

    /** The first, or null. */
    TaskEntry head() {
        return size == 0 ? null : entries[0];
    }

    void add(TaskEntry entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        size++;
        up(size - 1, entry);
    }

    void remove(TaskEntry entry) {
        int at = order.place(entry);
        size--;
        TaskEntry last = entries[size];
        entries[size] = null;
        order.place(entry, TaskEntry.NOWHERE);
        if (at == size) {
            return;
        }
        if (at > 0 && order.before(last, entries[(at - 1) >>> 1])) {
            up(at, last);
        } else {
            down(at, last);
        }
    }

    private void up(int from, TaskEntry entry) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!order.before(entry, entries[parent])) {
                break;
            }
            set(at, entries[parent]);
            at = parent;
        }
        set(at, entry);
    }

    private void down(int from, TaskEntry entry) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && order.before(entries[child + 1], entries[child])) {
                child++;
            }
            if (!order.before(entries[child], entry)) {
                break;
            }
            set(at, entries[child]);
            at = child;
        }
        set(at, entry);
    }

    private void set(int at, TaskEntry entry) {
        entries[at] = entry;
        order.place(entry, at);
    }
}

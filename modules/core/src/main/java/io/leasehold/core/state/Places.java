package io.leasehold.core.state;

import io.leasehold.core.task.TaskState;

/**
 * Where tasks stand while they wait, and how many stand where: the heaps and the counts of a {@link ShardState}, kept in
 * step for the {@link Fold}. A task leaves the counts before it changes and enters them again afterwards.
 */
final class Places {
    private final ShardState state;

    Places(ShardState state) {
        this.state = state;
    }

    /** Delayed tasks whose start has come are ready from now on. */
    void pass(long nowMs) {
        for (TaskEntry entry = state.delayed.head();
                entry != null && entry.notBeforeMs <= nowMs;
                entry = state.delayed.head()) {
            TaskQueue queue = queueOf(entry);
            queue.count(entry, -1);
            state.delayed.remove(entry);
            entry.ready = true;
            queue.ready.add(entry);
            queue.count(entry, 1);
        }
    }

    void startWaiting(TaskEntry entry) {
        if (entry.task.hasDeadline()) {
            state.deadlines.add(entry);
        }
        entry.ready = entry.notBeforeMs <= state.nowMs;
        if (entry.ready) {
            queueOf(entry).ready.add(entry);
        } else {
            state.delayed.add(entry);
        }
    }

    void stopWaiting(TaskEntry entry) {
        if (entry.task.hasDeadline()) {
            state.deadlines.remove(entry);
        }
        if (entry.ready) {
            queueOf(entry).ready.remove(entry);
        } else {
            state.delayed.remove(entry);
        }
    }

    /** Takes the task out of the counts, before it changes. */
    void leave(TaskEntry entry) {
        TaskQueue queue = queueOf(entry);
        queue.count(entry, -1);
        weigh(entry, -1);
    }

    /** Takes the task out of the counts for ever; a queue of which nothing is remembered goes with it. */
    void forget(TaskEntry entry) {
        leave(entry);
        TaskQueue queue = queueOf(entry);
        if (queue.isEmpty()) {
            state.queues.remove(queue.name());
        }
    }

    /** Counts the task as it is now. */
    void enter(TaskEntry entry) {
        queueOf(entry).count(entry, 1);
        entry.digest = StateDigest.of(entry);
        weigh(entry, 1);
    }

    private void weigh(TaskEntry entry, int by) {
        state.bytes += by * entry.bytes();
        if (entry.end == null || entry.state() == TaskState.DEAD) {
            state.carryBytes += by * entry.carryBytes();
        } else {
            state.endBytes += by * entry.carryBytes();
        }
        state.taskDigests += by * entry.digest;
    }

    private TaskQueue queueOf(TaskEntry entry) {
        return state.queues.computeIfAbsent(entry.task.queue(), TaskQueue::new);
    }
}

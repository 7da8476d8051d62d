package io.leasehold.coordinator.desk;

import io.leasehold.core.state.TaskEntry;

/**
 * What a shard tells of the first ready task of a queue, so that polls ask the best shard first.
 *
 * @param number of the task, within its shard
 * @param ready how many tasks of the queue are ready, this one included
 */
public record Head(int priority, long deadlineMs, long number, int ready) {
    public static Head of(TaskEntry entry, int ready) {
        return new Head(entry.priority(), entry.deadlineMs(), entry.number(), ready);
    }

    /** The same task, of so many that are ready in all. */
    Head among(int all) {
        return new Head(priority, deadlineMs, number, all);
    }

    boolean isSameTask(Head other) {
        return number == other.number && priority == other.priority && deadlineMs == other.deadlineMs;
    }

    boolean isBefore(Head other) {
        return priority != other.priority ? priority > other.priority : deadlineMs < other.deadlineMs;
    }
}

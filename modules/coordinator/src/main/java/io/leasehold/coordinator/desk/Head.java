package io.leasehold.coordinator.desk;

import io.leasehold.core.state.TaskEntry;

/** What a shard tells of the first ready task of a queue, so that polls ask the best shard first. */
public record Head(int priority, long deadlineMs) {
    public static Head of(TaskEntry entry) {
        return new Head(entry.priority(), entry.deadlineMs());
    }

    boolean isBefore(Head other) {
        return priority != other.priority ? priority > other.priority : deadlineMs < other.deadlineMs;
    }
}

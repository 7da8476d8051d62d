package io.leasehold.coordinator.desk;

import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.task.End;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;

/**
 * A task as it stood at one moment.
 *
 * @param number its place in the shard's order of admission
 * @param notBeforeMs when it may start, retries considered; 0 for at once
 * @param fence of its latest lease; 0 before the first
 * @param lease null unless it is leased
 * @param end null until it has ended
 */
public record TaskView(
        int shard,
        long number,
        Task task,
        TaskState state,
        long acceptedMs,
        long notBeforeMs,
        int attempt,
        int failures,
        int expiries,
        long fence,
        String lastError,
        Lease lease,
        End end) {

    public static TaskView of(int shard, TaskEntry entry) {
        return new TaskView(
                shard,
                entry.number(),
                entry.task(),
                entry.state(),
                entry.acceptedMs(),
                entry.notBeforeMs(),
                entry.attempt(),
                entry.failures(),
                entry.expiries(),
                entry.fence(),
                entry.lastError(),
                entry.lease(),
                entry.end());
    }
}

package io.leasehold.coordinator.port;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.TaskState;

/**
 * A task's end, as told to the outside.
 *
 * @param number counts the ends of the shard from 1; with the shard it tells repeated copies apart
 * @param result JSON text; empty for none
 * @param error the last error, or null
 * @param late a success that came after the task's deadline
 */
public record EndedTask(
        int shard,
        long number,
        String id,
        String queue,
        String type,
        int priority,
        TaskState state,
        EndCause cause,
        int attempt,
        int failures,
        int expiries,
        long endedMs,
        boolean late,
        byte[] result,
        String error,
        String traceparent) {}

package io.leasehold.core.task;

import java.util.Objects;

/**
 * What was asked for: a task as submitted, with every relative time made absolute. It never changes while it lives.
 *
 * @param id the caller's name for the task; a second submission of the same id is a duplicate
 * @param type which handler runs it, or null
 * @param priority higher runs first
 * @param deadlineMs epoch milliseconds after which the task must not start; {@link #NO_DEADLINE} for none
 * @param notBeforeMs epoch milliseconds before which the task must not start; 0 for none
 * @param payload JSON text as the producer wrote it, never parsed here; empty for none. Not copied: do not change it
 * @param leaseMs how long a worker may hold the task without a heartbeat
 * @param traceparent W3C trace context, or null
 */
public record Task(
        String id,
        String queue,
        String type,
        int priority,
        long deadlineMs,
        long notBeforeMs,
        byte[] payload,
        int maxAttempts,
        long leaseMs,
        Backoff backoff,
        String traceparent) {

    public static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final byte[] NO_PAYLOAD = {};

    /** Takes only what the journal gives back unchanged: storable text, and no deadline before 1970 (it has passed). */
    public Task {
        id = Text.storable(Objects.requireNonNull(id, "id"));
        queue = Text.storable(Objects.requireNonNull(queue, "queue"));
        type = Text.storable(type);
        deadlineMs = Math.max(1, deadlineMs);
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(backoff, "backoff");
        traceparent = Text.storable(traceparent);
    }

    public boolean hasDeadline() {
        return deadlineMs != NO_DEADLINE;
    }

    /** The same task, not to start before the given time. */
    public Task startingAt(long notBeforeMs) {
        return with(deadlineMs, notBeforeMs, payload);
    }

    /** The same task for a new life: free to start at once, with the given deadline. */
    public Task renewed(long deadlineMs) {
        return with(deadlineMs, 0, payload);
    }

    /** What is worth remembering of a task that will not run again. */
    public Task withoutPayload() {
        return payload.length == 0 ? this : with(deadlineMs, notBeforeMs, NO_PAYLOAD);
    }

    private Task with(long deadlineMs, long notBeforeMs, byte[] payload) {
        return new Task(
                id,
                queue,
                type,
                priority,
                deadlineMs,
                notBeforeMs,
                payload,
                maxAttempts,
                leaseMs,
                backoff,
                traceparent);
    }
}

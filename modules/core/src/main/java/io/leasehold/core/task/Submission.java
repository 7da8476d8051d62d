package io.leasehold.core.task;

/**
 * A task as it arrived: its delay still counts from a moment that whoever receives it knows (the append time of a Kafka
 * record, the time of an HTTP request).
 *
 * @param delayMs milliseconds to wait from that moment; 0 for none. Never together with a {@code notBeforeMs}
 */
public record Submission(Task task, long delayMs) {
    public Task receivedAt(long nowMs) {
        return delayMs == 0 ? task : task.startingAt(after(nowMs, delayMs));
    }

    /** The time so long after now; the end of time rather than one before now. */
    public static long after(long nowMs, long waitMs) {
        long at = nowMs + Math.max(0, waitMs);
        return at < nowMs ? Long.MAX_VALUE : at;
    }
}

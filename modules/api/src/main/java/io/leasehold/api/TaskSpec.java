package io.leasehold.api;

/**
 * A valid task as it was submitted, defaults filled in. Times are epoch milliseconds.
 *
 * @param id chosen by the user, or null: one will be assigned
 * @param type which handler runs it, or null
 * @param deadlineMs the task must not start after this, or null
 * @param notBeforeMs the task must not start before this, or null; never together with a delay
 * @param delayMs how long the task waits from its arrival; 0 for none
 * @param payload the JSON value byte for byte as it was written; empty if there was none. Not copied: do not change it
 * @param traceparent W3C trace context, or null
 */
public record TaskSpec(
        String id,
        String queue,
        String type,
        int priority,
        Long deadlineMs,
        Long notBeforeMs,
        long delayMs,
        byte[] payload,
        int maxAttempts,
        long leaseMs,
        BackoffSpec backoff,
        String traceparent) {

    /** The same task in the given trace; a malformed header is left out, as the W3C recommendation says. */
    public TaskSpec tracedBy(String header) {
        return new TaskSpec(
                id,
                queue,
                type,
                priority,
                deadlineMs,
                notBeforeMs,
                delayMs,
                payload,
                maxAttempts,
                leaseMs,
                backoff,
                Traceparent.orNull(header));
    }
}

package io.leasehold.api;

/**
 * {@code GET /v1/tasks/{id}}, and one entry of the list of dead tasks. Times are epoch milliseconds.
 *
 * @param state {@code delayed ready leased completed dead expired cancelled}
 * @param attempt how many times it was granted
 * @param failures how often a worker reported a failure
 * @param expiries how often a lease ran out
 * @param lease who holds it now, while it is leased; else null
 * @param cause why it ended: {@code succeeded attempts-exhausted expiries-exhausted not-retryable deadline-passed
 *     cancelled}; else null
 * @param late true if it succeeded after its deadline
 * @param resultDropped true if there was a result too long to be kept once it was public; it is in the topic of ended tasks
 * @param resultBytes how long it was, if it was dropped and that is known; else null
 * @param error the last failure's text, or null
 * @param errorBytes how long that is as UTF-8, if it was cut, here or once its end was public; else null
 * @param purged true if it was dead and was given up for good: it has no payload and gets no new life; else null
 */
public record TaskView(
        String id,
        Integer shard,
        String queue,
        String type,
        String state,
        int priority,
        Long deadline,
        Long notBefore,
        int maxAttempts,
        long leaseMs,
        int attempt,
        int failures,
        int expiries,
        LeaseView lease,
        String cause,
        Boolean late,
        RawJson payload,
        RawJson result,
        Boolean resultDropped,
        Integer resultBytes,
        String error,
        Integer errorBytes,
        Long submittedMs,
        Long endedMs,
        String traceparent,
        Boolean purged) {

    public record LeaseView(String worker, long leaseMs, long fence) {}
}

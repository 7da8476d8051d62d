package io.leasehold.client.logic;

/**
 * Exponential backoff with full jitter: any wait from 0 to {@code baseMs * 2^failures}, at most {@code capMs}.
 *
 * <p>M. Brooker: <i>Exponential Backoff and Jitter</i>, AWS Architecture Blog, 2015: spreading over the whole interval
 * makes the fewest calls of the variants compared.
 */
public record FullJitter(long baseMs, long capMs) {
    private static final int MOST_DOUBLINGS = 30;

    /** @param failures in a row, 1 for the first */
    public long delayMs(int failures, Chance chance) {
        int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
        long ceiling = Math.min(capMs, baseMs << doublings);
        return (long) (chance.next() * (ceiling + 1));
    }
}

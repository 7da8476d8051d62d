package io.leasehold.core.task;

/**
 * How long a failed task waits before it may be leased again: {@code initialMs * multiplier^(failures - 1)}, at most
 * {@code maxMs}, before jitter.
 */
public record Backoff(long initialMs, double multiplier, long maxMs) {
    public static final Backoff DEFAULT = new Backoff(1_000, 2.0, 600_000);

    /** The longest wait after the given number of failures (1 = the first), in milliseconds; never overflows. */
    public long ceilingMs(int failures) {
        double wait = initialMs * Math.pow(multiplier, Math.max(0, failures - 1));
        return wait >= maxMs ? maxMs : (long) wait;
    }
}

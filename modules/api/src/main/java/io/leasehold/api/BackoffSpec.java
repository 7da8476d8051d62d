package io.leasehold.api;

/**
 * How long a failed task waits before it runs again: {@code initialMs * multiplier^(failures - 1)}, at most
 * {@code maxMs}, with jitter.
 */
public record BackoffSpec(long initialMs, double multiplier, long maxMs) {
    public static final BackoffSpec DEFAULT = new BackoffSpec(
            Limits.DEFAULT_BACKOFF_INITIAL_MS, Limits.DEFAULT_BACKOFF_MULTIPLIER, Limits.DEFAULT_BACKOFF_MAX_MS);
}

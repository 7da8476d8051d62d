package io.leasehold.coordinator.shard;

/**
 * Watches over shard time that is ahead of a time of day which is trusted: since a clock that was wrong had been believed.
 * Until it is taken back, or the clock has come up with it, nothing becomes due.
 */
final class TimeAhead {
    /**
     * A wait that short is over by itself, and is what is left when clocks within their tolerance follow each other; a
     * clock that is being set may be wrong once more.
     */
    private static final long STEADY_MS = 60_000;

    private boolean ahead;
    private long byMs;
    private long sinceMs;

    /** @param trusted whether the time of day is */
    void look(boolean trusted, long wallMs, long shardMs, long monotonicMs) {
        byMs = trusted ? Math.max(0, shardMs - wallMs) : 0;
        boolean wasAhead = ahead;
        ahead = byMs > ClockTrust.TOLERANCE_MS;
        if (ahead && !wasAhead) {
            sinceMs = monotonicMs;
        }
    }

    boolean isAhead() {
        return ahead;
    }

    /** By how much it is ahead; 0 while the time of day is not trusted. */
    long byMs() {
        return byMs;
    }

    /** Whether it has been ahead for so long without a break that it is to be taken back. */
    boolean isSteady(long monotonicMs) {
        return ahead && monotonicMs - sinceMs >= STEADY_MS;
    }
}

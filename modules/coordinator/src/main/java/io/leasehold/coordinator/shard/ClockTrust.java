package io.leasehold.coordinator.shard;

/**
 * Whether this process's time of day may decide anything. It is held against the broker's at every append; what it has
 * jumped since is added. While it may be more than two seconds off, shard time stands still: nothing becomes due, no
 * deadline passes.
 *
 * <p>An append took its time somewhere between being sent and being acknowledged, so it says of the clock only between
 * which bounds it is ahead of the broker's. Each append narrows what the ones before it said.
 */
final class ClockTrust {
    static final long TOLERANCE_MS = 2_000;
    /** The rates of two clocks differ by less than one part in so many. */
    private static final long DRIFT = 1_000;

    private boolean verified;
    private long ackMonotonicMs;
    private long wallMinusMonotonic;
    private long leastAheadMs;
    private long mostAheadMs;
    private long brokerMinusSentMonotonic;

    /** An append that was sent and acknowledged at these own times got this time from the broker. */
    void verify(Sent sent) {
        long wallMinusMonotonicNow = sent.ackWallMs() - sent.ackMonotonicMs();
        // In case the time of day jumped meanwhile.
        long sentMs = Math.min(sent.sentWallMs(), sent.sentMonotonicMs() + wallMinusMonotonicNow);
        long least = sentMs - sent.appendTimeMs();
        long most = sent.ackWallMs() - sent.appendTimeMs();
        long jumpedMs = wallMinusMonotonicNow - wallMinusMonotonic;
        long driftedMs = 1 + (sent.ackMonotonicMs() - ackMonotonicMs) / DRIFT;
        long leastBefore = leastAheadMs + jumpedMs - driftedMs;
        long mostBefore = mostAheadMs + jumpedMs + driftedMs;
        boolean agrees = verified && leastBefore <= most && least <= mostBefore;
        leastAheadMs = agrees ? Math.max(least, leastBefore) : least;
        mostAheadMs = agrees ? Math.min(most, mostBefore) : most;
        verified = true;
        wallMinusMonotonic = wallMinusMonotonicNow;
        ackMonotonicMs = sent.ackMonotonicMs();
        brokerMinusSentMonotonic = sent.appendTimeMs() - sent.sentMonotonicMs();
    }

    boolean isTrusted(long wallMs, long monotonicMs) {
        return verified && aheadMs(wallMs, monotonicMs) <= TOLERANCE_MS;
    }

    /** How far ahead or behind it may be now. */
    private long aheadMs(long wallMs, long monotonicMs) {
        long jumpedMs = wallMs - monotonicMs - wallMinusMonotonic;
        return Math.max(mostAheadMs + jumpedMs, -(leastAheadMs + jumpedMs));
    }

    /** Shard time now: never below {@code shardMs}, and not above it without trust. */
    long shardTime(long wallMs, long monotonicMs, long shardMs) {
        return isTrusted(wallMs, monotonicMs) ? Math.max(wallMs, shardMs) : shardMs;
    }

    /**
     * From when a delay counts that begins now: from the time of day, or, while that is not trusted, from what the broker's
     * clock shows by now at the latest. Not from shard time alone: that may have stood still when the turn was opened, and
     * whatever is put off would be due too early once it goes on.
     */
    long delaysFrom(long wallMs, long monotonicMs, long shardMs) {
        if (!verified) {
            return shardMs;
        }
        return Math.max(shardMs, isTrusted(wallMs, monotonicMs) ? wallMs : monotonicMs + brokerMinusSentMonotonic);
    }

    /** How far apart the two clocks were at the last append for certain. */
    long skewMs() {
        return Math.max(0, Math.max(leastAheadMs, -mostAheadMs));
    }
}

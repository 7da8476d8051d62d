package io.leasehold.coordinator.shard;

/**
 * Whether this process's time of day may decide anything. It is held against the broker's at every append; what it has
 * jumped since is added. While it may be more than two seconds off, shard time stands still: nothing becomes due, no
 * deadline passes.
 *
 * <p>An append took its time somewhere between being sent and being acknowledged, so it says of the clock only between
 * which bounds it is ahead of the broker's. Each append narrows what the ones before it said.
 *
 * <p>Two clocks that agree may both be wrong: one machine, or one source of time, can set them both. So the broker's is held
 * against our monotonic clock too. If it has jumped, it is doubted, whatever our time of day says, until it has stayed there
 * for a while; if it jumps back before, nothing has happened.
 */
final class ClockTrust {
    static final long TOLERANCE_MS = 2_000;
    /**
     * A clock that jumped is doubted for so long: time for a source of time that was wrong to be noticed by those that ask
     * it every minute or two. But no longer than it jumped, since that is what it costs to believe a wrong one; so a machine
     * that was suspended for some seconds soon goes on.
     */
    static final long LONGEST_DOUBT_MS = 300_000;
    /** The rates of two clocks differ by less than one part in so many. */
    private static final long DRIFT = 1_000;

    private boolean verified;
    private long ackMonotonicMs;
    private long wallMinusMonotonic;
    private long leastAheadMs;
    private long mostAheadMs;
    private long brokerMinusSentMonotonic;

    /** The broker's clock less our monotonic one, between these bounds, when it was believed last. */
    private long leastBelieved;

    private long mostBelieved;
    private long believedMonotonicMs;
    private boolean doubted;
    private long doubtedSinceMs;
    private long jumpedMs;

    /** An append that was sent and acknowledged at these own times got this time from the broker. */
    void verify(Sent sent) {
        long wallMinusMonotonicNow = sent.ackWallMs() - sent.ackMonotonicMs();
        // In case the time of day jumped meanwhile.
        long sentMs = Math.min(sent.sentWallMs(), sent.sentMonotonicMs() + wallMinusMonotonicNow);
        long least = sentMs - sent.appendTimeMs();
        long most = sent.ackWallMs() - sent.appendTimeMs();
        long ownJumpMs = wallMinusMonotonicNow - wallMinusMonotonic;
        long driftedMs = drift(sent.ackMonotonicMs() - ackMonotonicMs);
        long leastBefore = leastAheadMs + ownJumpMs - driftedMs;
        long mostBefore = mostAheadMs + ownJumpMs + driftedMs;
        boolean agrees = verified && leastBefore <= most && least <= mostBefore;
        boolean moved = verified && apart(leastBefore, mostBefore, least, most) > TOLERANCE_MS;
        leastAheadMs = agrees ? Math.max(least, leastBefore) : least;
        mostAheadMs = agrees ? Math.min(most, mostBefore) : most;
        wallMinusMonotonic = wallMinusMonotonicNow;
        ackMonotonicMs = sent.ackMonotonicMs();
        brokerMinusSentMonotonic = sent.appendTimeMs() - sent.sentMonotonicMs();
        doubt(moved);
        verified = true;
    }

    /** @param moved whether the broker's clock has jumped since the last append */
    private void doubt(boolean moved) {
        long least = wallMinusMonotonic - mostAheadMs;
        long most = wallMinusMonotonic - leastAheadMs;
        if (!verified) {
            believe(least, most);
            return;
        }
        long driftedMs = drift(ackMonotonicMs - believedMonotonicMs);
        long leastExpected = leastBelieved - driftedMs;
        long mostExpected = mostBelieved + driftedMs;
        jumpedMs = apart(leastExpected, mostExpected, least, most);
        if (jumpedMs <= TOLERANCE_MS) {
            doubted = false;
            // The narrower of what was and what is known: an append that took long says little.
            boolean agrees = jumpedMs == 0;
            believe(agrees ? Math.max(least, leastExpected) : least, agrees ? Math.min(most, mostExpected) : most);
        } else if (!doubted || moved) {
            doubted = true;
            doubtedSinceMs = ackMonotonicMs;
        } else if (ackMonotonicMs - doubtedSinceMs >= Math.min(jumpedMs, LONGEST_DOUBT_MS)) {
            doubted = false;
            believe(least, most);
        }
    }

    private void believe(long least, long most) {
        leastBelieved = least;
        mostBelieved = most;
        believedMonotonicMs = ackMonotonicMs;
    }

    private static long drift(long elapsedMs) {
        return 1 + elapsedMs / DRIFT;
    }

    /** How far apart two ranges are; 0 if they meet. */
    private static long apart(long least, long most, long otherLeast, long otherMost) {
        return Math.max(0, Math.max(otherLeast - most, least - otherMost));
    }

    boolean isTrusted(long wallMs, long monotonicMs) {
        return verified && !doubted && aheadMs(wallMs, monotonicMs) <= TOLERANCE_MS;
    }

    /** Whether the broker's clock has jumped and is not believed yet. */
    boolean isDoubted() {
        return doubted;
    }

    /** How far it jumped, forward or back, for certain. */
    long jumpedMs() {
        return jumpedMs;
    }

    /** How far ahead or behind it may be now. */
    private long aheadMs(long wallMs, long monotonicMs) {
        long ownJumpMs = wallMs - monotonicMs - wallMinusMonotonic;
        return Math.max(mostAheadMs + ownJumpMs, -(leastAheadMs + ownJumpMs));
    }

    /** Shard time now: never below {@code shardMs}, and not above it without trust. */
    long shardTime(long wallMs, long monotonicMs, long shardMs) {
        return isTrusted(wallMs, monotonicMs) ? Math.max(wallMs, shardMs) : shardMs;
    }

    /**
     * From when a delay counts that begins now: from the time of day, or, while that is not trusted, from what the broker's
     * clock shows by now at the latest. Not from shard time alone: that may have stood still when the turn was opened, and
     * whatever is put off would be due too early once it goes on. From a broker's clock that jumped by more than it is doubted
     * for, hardly because this machine was suspended, no delay counts: it would be put off for as long.
     */
    long delaysFrom(long wallMs, long monotonicMs, long shardMs) {
        if (!verified) {
            return shardMs;
        }
        if (isTrusted(wallMs, monotonicMs)) {
            return Math.max(shardMs, wallMs);
        }
        long broker = monotonicMs + brokerMinusSentMonotonic;
        boolean mistaken = doubted && jumpedMs > LONGEST_DOUBT_MS;
        return Math.max(shardMs, mistaken ? Math.min(broker, monotonicMs + mostBelieved) : broker);
    }

    /** How far apart the two clocks were at the last append for certain. */
    long skewMs() {
        return Math.max(0, Math.max(leastAheadMs, -mostAheadMs));
    }
}

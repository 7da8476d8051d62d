package io.leasehold.coordinator.shard;

/**
 * Whether this process's time of day may decide anything. It is held against the broker's at every append; between two
 * appends it must not have jumped. While it is more than two seconds off, shard time stands still: nothing becomes due,
 * no deadline passes.
 */
final class ClockTrust {
    static final long TOLERANCE_MS = 2_000;

    private boolean verified;
    private long wallMinusMonotonic;
    private long skewMs;

    /**
     * An append that was sent and acknowledged at these own times got this time from the broker. A clock that jumps while
     * an append is under way has the broker's time between its two readings, and is off all the same.
     */
    void verify(long sentWallMs, long sentMonotonicMs, long ackWallMs, long ackMonotonicMs, long brokerMs) {
        long jumped = Math.abs((ackWallMs - sentWallMs) - (ackMonotonicMs - sentMonotonicMs));
        long behind = sentWallMs - brokerMs;
        long ahead = brokerMs - ackWallMs;
        skewMs = Math.max(jumped, Math.max(behind, ahead));
        verified = skewMs <= TOLERANCE_MS;
        wallMinusMonotonic = ackWallMs - ackMonotonicMs;
    }

    boolean isTrusted(long wallMs, long monotonicMs) {
        return verified && Math.abs(wallMs - monotonicMs - wallMinusMonotonic) <= TOLERANCE_MS;
    }

    /** Shard time now: never below {@code shardMs}, and not above it without trust. */
    long shardTime(long wallMs, long monotonicMs, long shardMs) {
        return isTrusted(wallMs, monotonicMs) ? Math.max(wallMs, shardMs) : shardMs;
    }

    /** How far apart the two clocks were at the last append, beyond what the append itself took. */
    long skewMs() {
        return skewMs;
    }
}

package io.leasehold.coordinator.shard;

/**
 * Fresh proof of owning the shard: a record of our own, sent not long ago, that took effect. A claim by someone else
 * cannot lie before it in the log, so whoever claimed since must still be in the grace it owes to our leases.
 *
 * <p>Its age is the larger one by either clock, since a monotonic clock stands still while a machine is suspended.
 */
final class Proof {
    private final long maxAgeMs;
    private long wallMs = Long.MIN_VALUE / 2;
    private long monotonicMs = Long.MIN_VALUE / 2;

    Proof(long maxAgeMs) {
        this.maxAgeMs = maxAgeMs;
    }

    /** A record sent at these times is effective. */
    void renew(long sentWallMs, long sentMonotonicMs) {
        wallMs = sentWallMs;
        monotonicMs = sentMonotonicMs;
    }

    boolean isFresh(long nowWallMs, long nowMonotonicMs) {
        return Math.max(nowWallMs - wallMs, nowMonotonicMs - monotonicMs) <= maxAgeMs;
    }

    long sentMonotonicMs() {
        return monotonicMs;
    }
}

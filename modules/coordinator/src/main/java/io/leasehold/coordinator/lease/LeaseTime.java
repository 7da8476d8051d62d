package io.leasehold.coordinator.lease;

/**
 * The time by which leases run out. It stands still whenever their owner could not have said "ok": while it has no fresh
 * proof that it owns the shard, and while it was paused. So a coordinator's own trouble never takes a lease away.
 */
public final class LeaseTime {
    /** Turns follow each other faster than this unless the process was paused. */
    static final long LONGEST_STEP_MS = 1_000;

    private long nowMs;
    private long lastMonotonicMs;

    public LeaseTime(long monotonicMs) {
        this.lastMonotonicMs = monotonicMs;
    }

    public void advance(long monotonicMs, boolean couldSayOk) {
        long step = monotonicMs - lastMonotonicMs;
        lastMonotonicMs = monotonicMs;
        if (couldSayOk && step > 0 && step <= LONGEST_STEP_MS) {
            nowMs += step;
        }
    }

    /** As of the last turn's beginning; by this much time has surely passed. */
    public long nowMs() {
        return nowMs;
    }

    /** No more than this has passed by now: what begins now, in the middle of a turn that takes long, must count from here. */
    public long atMostMs(long monotonicMs) {
        return nowMs + Math.max(0, monotonicMs - lastMonotonicMs);
    }
}

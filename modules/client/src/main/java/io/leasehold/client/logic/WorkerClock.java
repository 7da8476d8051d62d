package io.leasehold.client.logic;

import java.util.function.LongSupplier;

/**
 * The clock by which a worker believes in its leases: a monotonic one that also counts what its machine slept. Safe for any
 * thread.
 *
 * <p>A monotonic clock may stand still while a machine is suspended, or a virtual one paused; the time of day goes on. So
 * whenever the time of day is found to have gained on the monotonic clock, that much has passed as well: it is the larger one
 * of what both say has passed since any earlier reading. A time of day that is set forward therefore only shortens belief; one
 * that is set back changes nothing, since then the monotonic clock says more. Only who was suspended while its time of day was
 * set back cannot know how long it slept.
 */
public final class WorkerClock {
    private static final long NS_A_MS = 1_000_000;

    private final LongSupplier monotonicNs;
    private final LongSupplier wallMs;
    // How far the time of day is ahead of the monotonic clock, between bounds: it tells whole milliseconds, and a
    // thread may be
    // held up between two readings. What lies within the bounds is no news, so that noise never adds up.
    private long leastAheadNs;
    private long mostAheadNs;
    private long sleptNs;

    /**
     * @param monotonicNs any clock in nanoseconds that never goes back
     * @param wallMs the time of day, in milliseconds
     */
    public WorkerClock(LongSupplier monotonicNs, LongSupplier wallMs) {
        this.monotonicNs = monotonicNs;
        this.wallMs = wallMs;
        long beforeNs = monotonicNs.getAsLong();
        long wall = wallMs.getAsLong();
        leastAheadNs = wall * NS_A_MS - monotonicNs.getAsLong();
        mostAheadNs = (wall + 1) * NS_A_MS - beforeNs;
    }

    public static WorkerClock system() {
        return new WorkerClock(System::nanoTime, System::currentTimeMillis);
    }

    /** Milliseconds since some moment; it never goes back. */
    public synchronized long nowMs() {
        long beforeNs = monotonicNs.getAsLong();
        long wall = wallMs.getAsLong();
        long nowNs = monotonicNs.getAsLong();
        compare(wall * NS_A_MS - nowNs, (wall + 1) * NS_A_MS - beforeNs);
        return Math.floorDiv(nowNs + sleptNs, NS_A_MS);
    }

    /** What was counted, by any call of {@link #nowMs} so far, beyond the monotonic clock. */
    public synchronized long sleptNs() {
        return sleptNs;
    }

    private void compare(long leastNs, long mostNs) {
        if (leastNs > mostAheadNs) {
            sleptNs += gained(mostNs);
            leastAheadNs = leastNs;
            mostAheadNs = mostNs;
        } else if (mostNs < leastAheadNs) {
            leastAheadNs = leastNs;
            mostAheadNs = mostNs;
        } else {
            leastAheadNs = Math.max(leastAheadNs, leastNs);
            mostAheadNs = Math.min(mostAheadNs, mostNs);
        }
    }

    /** At most so much, and never less than the machine slept. */
    private long gained(long mostNs) {
        return mostNs - leastAheadNs;
    }
}

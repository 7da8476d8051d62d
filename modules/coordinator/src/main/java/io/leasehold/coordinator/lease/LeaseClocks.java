package io.leasehold.coordinator.lease;

import io.leasehold.core.table.LongTable;

/**
 * When each lease of a shard runs out. Soft: known to the shard's owner alone, lost with it, and granted anew, with grace,
 * by the next one. A heartbeat costs one look-up; the line is mended when the lease comes up.
 */
public final class LeaseClocks {
    private final LongTable<LeaseClock> byFence = new LongTable<>();
    private final ClockLine line = new ClockLine();

    public void start(long fence, long number, long leaseMs, long nowMs) {
        add(new LeaseClock(fence, number, nowMs, nowMs + lasting(leaseMs), false));
    }

    /** What was promised for so long by a clock that shows whole milliseconds and may be slower by one in a thousand. */
    private static long lasting(long promisedMs) {
        return promisedMs + promisedMs / 1_000 + 2;
    }

    /** A lease that an earlier owner granted. */
    public void inherit(long fence, long number, long graceMs, long nowMs) {
        add(new LeaseClock(fence, number, nowMs, nowMs + graceMs, true));
    }

    private void add(LeaseClock clock) {
        byFence.put(clock.fence, clock);
        line.add(clock);
    }

    /** Ends the clock and returns it; null if there is none. */
    public LeaseClock stop(long fence) {
        LeaseClock clock = byFence.remove(fence);
        if (clock != null) {
            line.remove(clock);
        }
        return clock;
    }

    /** The worker was heard: the lease holds for {@code leaseMs} from now at least. False if there is no such lease. */
    public boolean beat(long fence, long leaseMs, long nowMs) {
        LeaseClock clock = byFence.get(fence);
        if (clock == null) {
            return false;
        }
        clock.heard = true;
        clock.promises++;
        clock.heardMs = nowMs;
        clock.expiresMs = Math.max(clock.expiresMs, nowMs + lasting(leaseMs));
        return true;
    }

    /**
     * How often the lease was promised: by its grant, repetitions of its poll, and heartbeats. Rises with each; 0 if there is no
     * such lease, or an earlier owner granted it, whose promises nobody counted.
     */
    public int promises(long fence) {
        LeaseClock clock = byFence.get(fence);
        return clock == null || clock.inherited ? 0 : clock.promises;
    }

    /** The next lease that had run out at {@code horizonMs}, which stays until it is stopped; null if there is none. */
    public LeaseClock nextExpired(long horizonMs) {
        for (LeaseClock first = line.head(); first != null; first = line.head()) {
            if (first.checkMs > horizonMs) {
                return null;
            }
            if (first.expiresMs <= horizonMs) {
                return first;
            }
            first.checkMs = first.expiresMs;
            line.settleHead();
        }
        return null;
    }

    /** When to look again; Long.MAX_VALUE if there are no leases. */
    public long nextCheckMs() {
        LeaseClock first = line.head();
        return first == null ? Long.MAX_VALUE : first.checkMs;
    }

    public int size() {
        return byFence.size();
    }

    /** How long the worker that was silent longest has been silent; 0 without leases. */
    public long longestSilenceMs(long nowMs) {
        return line.elements().stream()
                .mapToLong(clock -> Math.max(0, nowMs - clock.heardMs))
                .max()
                .orElse(0);
    }
}

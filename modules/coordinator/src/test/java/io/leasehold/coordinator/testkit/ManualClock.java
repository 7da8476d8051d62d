package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.port.Clock;

/** Time that passes only when told to. */
public final class ManualClock implements Clock {
    private long wallMs = 1_800_000_000_000L;
    private long monotonicMs = 1_000_000;

    @Override
    public long wallMs() {
        return wallMs;
    }

    @Override
    public long monotonicMs() {
        return monotonicMs;
    }

    public void pass(long ms) {
        wallMs += ms;
        monotonicMs += ms;
    }

    public void jumpWall(long ms) {
        wallMs += ms;
    }
}

package io.leasehold.coordinator.lease;

import io.leasehold.core.table.PlacedHeap;

/** Lease clocks in the order in which they are to be looked at. Not thread-safe. */
final class ClockLine extends PlacedHeap<LeaseClock> {
    @Override
    protected boolean before(LeaseClock a, LeaseClock b) {
        return a.compareTo(b) < 0;
    }

    @Override
    protected int place(LeaseClock clock) {
        return clock.place;
    }

    @Override
    protected void place(LeaseClock clock, int at) {
        clock.place = at;
    }
}

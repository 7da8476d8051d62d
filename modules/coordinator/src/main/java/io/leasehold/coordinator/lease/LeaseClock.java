package io.leasehold.coordinator.lease;

/** When one lease runs out, in the lease time of its shard's owner. */
public final class LeaseClock implements Comparable<LeaseClock> {
    final long fence;
    final long number;
    final long startedMs;
    final boolean inherited;
    long expiresMs;
    long heardMs;
    boolean heard;
    /** How often this owner has promised the lease to somebody. */
    int promises;
    /** By which it stands in line; behind {@link #expiresMs} after a heartbeat, until it is looked at. */
    long checkMs;
    /** Where it stands in its {@link ClockLine}. */
    int place;

    LeaseClock(long fence, long number, long startedMs, long expiresMs, boolean inherited) {
        this.fence = fence;
        this.number = number;
        this.startedMs = startedMs;
        this.heardMs = startedMs;
        this.expiresMs = expiresMs;
        this.checkMs = expiresMs;
        this.inherited = inherited;
    }

    public long fence() {
        return fence;
    }

    /** Of the task. */
    public long number() {
        return number;
    }

    /** When the lease began, or when this owner took it over. */
    public long startedMs() {
        return startedMs;
    }

    /**
     * Whether the silence was surely the worker's: not if the lease was taken over and its worker has not been heard
     * since, for then it may have been the coordinators that could not be heard.
     */
    public boolean isWorkersSilence() {
        return !inherited || heard;
    }

    @Override
    public int compareTo(LeaseClock other) {
        return checkMs != other.checkMs ? Long.compare(checkMs, other.checkMs) : Long.compare(fence, other.fence);
    }
}

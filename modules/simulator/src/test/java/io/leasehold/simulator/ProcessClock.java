package io.leasehold.simulator;

import io.leasehold.coordinator.port.Clock;

/**
 * The clocks of one process: the monotonic one drifts a little and may stand still with its machine, the time of day may be
 * anything. While the process runs, any look at a clock may be the moment in which it is stopped for a while, or killed.
 */
final class ProcessClock implements Clock {
    /** True time of day at the beginning of a run. */
    static final long EPOCH_MS = 1_800_000_000_000L;

    private final SimulatedProcess process;
    private final Timeline timeline;
    private final long baseUs;
    private final int driftPpm;
    private long stoodStillUs;
    /** The last standstill, in true time. */
    private long stillSinceUs;

    private long stillUntilUs;
    private long wallOffsetMs;

    /** @param driftPpm how many microseconds a second it gains */
    ProcessClock(SimulatedProcess process, Timeline timeline, long baseUs, int driftPpm) {
        this.process = process;
        this.timeline = timeline;
        this.baseUs = baseUs;
        this.driftPpm = driftPpm;
    }

    @Override
    public long wallMs() {
        process.interruption();
        return peekWallMs();
    }

    @Override
    public long monotonicMs() {
        long read = peekMs();
        process.interruption();
        return read;
    }

    /** The monotonic clock, without being interrupted. */
    long peekMs() {
        return elapsedUs(timeline.nowUs()) / 1_000;
    }

    /** The same in nanoseconds, as a worker reads it. */
    long peekNs() {
        return elapsedUs(timeline.nowUs()) * 1_000;
    }

    /** The time of day, without being interrupted. */
    long peekWallMs() {
        return process.sourceOfTimeMs() + wallOffsetMs;
    }

    private long elapsedUs(long trueUs) {
        long aliveUs = trueUs - stoodStillUs;
        return baseUs + aliveUs + aliveUs * driftPpm / 1_000_000;
    }

    /** When, in true time, the monotonic clock shows this. */
    long trueUs(long monotonicUs) {
        long aliveUs = (monotonicUs - baseUs) * 1_000_000 / (1_000_000 + driftPpm);
        while (baseUs + aliveUs + aliveUs * driftPpm / 1_000_000 < monotonicUs) {
            aliveUs++;
        }
        return aliveUs + stoodStillUs;
    }

    /** From now on the time of day is off its source by this. */
    void setWall(long offsetMs) {
        wallOffsetMs = offsetMs;
    }

    long wallOffsetMs() {
        return wallOffsetMs;
    }

    /**
     * The machine is suspended for so long from now on, even if it was already: the time during which it is suspended twice
     * is taken away once.
     *
     * @return how long it stands still in all
     */
    long standsStill(long us) {
        long nowUs = timeline.nowUs();
        if (stillUntilUs <= nowUs) {
            stillSinceUs = nowUs;
            stillUntilUs = nowUs;
        }
        long untilUs = Math.max(stillUntilUs, nowUs + us);
        stoodStillUs += untilUs - stillUntilUs;
        stillUntilUs = untilUs;
        return stillUntilUs - stillSinceUs;
    }

    /** It goes on earlier than it was to. */
    void goesOn() {
        long nowUs = timeline.nowUs();
        if (stillUntilUs > nowUs) {
            stoodStillUs -= stillUntilUs - nowUs;
            stillUntilUs = nowUs;
        }
    }
}

package io.leasehold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessClockTest {
    private final Timeline timeline = new Timeline(new Trace(false));
    private final ProcessClock clock = new ProcessClock(null, timeline, 0, 0);

    @Test
    void whoIsSuspendedWhileSuspendedLosesTheTimeOnce() {
        timeline.runUntil(1_000_000);
        assertThat(clock.standsStill(30_000_000)).isEqualTo(30_000_000);
        timeline.runUntil(11_000_000);
        assertThat(clock.standsStill(30_000_000)).isEqualTo(40_000_000);
        timeline.runUntil(12_000_000);
        assertThat(clock.standsStill(5_000_000)).isEqualTo(40_000_000);

        timeline.runUntil(41_000_000);
        assertThat(clock.peekMs()).isEqualTo(1_000);
        timeline.runUntil(43_000_000);
        assertThat(clock.peekMs()).isEqualTo(3_000);
    }

    @Test
    void whoIsWokenEarlyLosesNoMoreThanItSlept() {
        timeline.runUntil(1_000_000);
        clock.standsStill(30_000_000);
        timeline.runUntil(11_000_000);
        clock.goesOn();
        assertThat(clock.peekMs()).isEqualTo(1_000);
        timeline.runUntil(12_000_000);
        assertThat(clock.peekMs()).isEqualTo(2_000);
    }
}

package io.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final ManualClock clock = new ManualClock();
    private final List<Long> setBack = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch(clock, setBack::add);

    @Test
    void tellsByHowMuchTheTimeOfDayWasSetBack() {
        clock.pass(1_000);
        clock.jumpWall(-600_000);
        watch.look();
        assertThat(setBack).containsExactly(600_000L);
        clock.pass(1_000);
        watch.look();
        assertThat(setBack).hasSize(1);
    }

    @Test
    void saysNothingOfLittleStepsOfPausesAndOfTheTimeSetForward() {
        clock.jumpWall(-ClockWatch.MOST_BACK_MS);
        watch.look();
        clock.pass(3_600_000);
        watch.look();
        clock.jumpWall(600_000);
        watch.look();
        assertThat(setBack).isEmpty();
    }
}

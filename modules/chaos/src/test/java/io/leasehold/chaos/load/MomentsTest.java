package io.leasehold.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MomentsTest {
    private final Moments times = new Moments();

    @Test
    void gapReachesFromTheLastGrantBeforeToTheFirstOneAfter() {
        times.add(100);
        times.add(900);
        times.add(950);
        assertThat(times.longestGapNs(200, 300)).isEqualTo(800);
    }

    @Test
    void gapsOutsideOfTheIntervalDoNotCount() {
        times.add(100);
        times.add(900);
        times.add(950);
        times.add(1_000);
        times.add(5_000);
        assertThat(times.longestGapNs(910, 960)).isEqualTo(50);
    }

    @Test
    void gapThatIsStillOpenCountsUpToTheEnd() {
        times.add(100);
        assertThat(times.longestGapNs(200, 1_100)).isEqualTo(1_000);
    }
}

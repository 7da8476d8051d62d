package io.leasehold.coordinator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeaseClocksTest {
    private final LeaseClocks clocks = new LeaseClocks();

    @Test
    void aLeaseLastsUntilTheSlowestClockSaysSo() {
        clocks.start(7, 1, 30_000, 100);

        assertThat(clocks.nextExpired(100 + 30_031)).isNull();
        assertThat(clocks.nextExpired(100 + 30_032)).isNotNull();
    }

    @Test
    void aHeartbeatRenewsItUntilTheSlowestClockSaysSo() {
        clocks.start(7, 1, 30_000, 0);
        clocks.beat(7, 30_000, 20_000);

        assertThat(clocks.nextExpired(20_000 + 30_031)).isNull();
        assertThat(clocks.nextExpired(20_000 + 30_032)).isNotNull();
    }

    /** Held against the ends alone, which are searched. */
    @Test
    void theLeaseThatRunsOutFirstComesFirst() {
        Random random = new Random(1);
        TreeMap<Long, Long> ends = new TreeMap<>();
        for (long fence = 1; fence <= 20_000; fence++) {
            long leaseMs = 1 + random.nextInt(1_000);
            clocks.inherit(fence, fence, leaseMs, fence);
            ends.put(fence, fence + leaseMs);
            long other = 1 + random.nextInt((int) fence);
            if (random.nextBoolean()) {
                assertThat(clocks.stop(other) != null).isEqualTo(ends.remove(other) != null);
            } else if (clocks.beat(other, 2_000, fence)) {
                ends.merge(other, fence + 2_004, Math::max);
            }
            for (LeaseClock due = clocks.nextExpired(fence); due != null; due = clocks.nextExpired(fence)) {
                assertThat(ends.remove(due.fence())).isLessThanOrEqualTo(fence);
                clocks.stop(due.fence());
            }
            assertThat(clocks.size()).isEqualTo(ends.size());
            if (fence % 100 == 0) {
                long now = fence;
                assertThat(ends.values()).allMatch(end -> end > now);
            }
        }
        while (!ends.isEmpty()) {
            LeaseClock due = clocks.nextExpired(Long.MAX_VALUE);
            assertThat(ends.remove(due.fence())).isNotNull();
            clocks.stop(due.fence());
        }
        assertThat(clocks.nextCheckMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theLongestSilenceIsThatOfTheWorkerHeardLeastRecently() {
        assertThat(clocks.longestSilenceMs(100)).isZero();
        clocks.start(7, 1, 30_000, 100);
        clocks.start(8, 2, 30_000, 200);
        clocks.beat(7, 30_000, 250);

        assertThat(clocks.longestSilenceMs(300)).isEqualTo(100);
    }

    @Test
    void whatBeginsInTheMiddleOfALongTurnCountsFromThen() {
        LeaseTime time = new LeaseTime(1_000);
        time.advance(1_500, true);

        assertThat(time.nowMs()).isEqualTo(500);
        assertThat(time.atMostMs(2_300)).isEqualTo(1_300);
    }
}

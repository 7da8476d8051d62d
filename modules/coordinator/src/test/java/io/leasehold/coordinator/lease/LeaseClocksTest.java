package io.leasehold.coordinator.lease;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void whatBeginsInTheMiddleOfALongTurnCountsFromThen() {
        LeaseTime time = new LeaseTime(1_000);
        time.advance(1_500, true);

        assertThat(time.nowMs()).isEqualTo(500);
        assertThat(time.atMostMs(2_300)).isEqualTo(1_300);
    }
}

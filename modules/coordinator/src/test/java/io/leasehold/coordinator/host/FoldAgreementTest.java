package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.shard.AgreedFold;
import io.leasehold.coordinator.testkit.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldAgreementTest {
    private static final Member OLD = new Member("old", "http://old", 1, false);
    private static final Member NEW = new Member("new", "http://new", 1, false, 3);
    private static final Member LEAVING = new Member("leaving", "http://leaving", 1, true);

    private final ManualClock clock = new ManualClock();
    private final FoldAgreement agreement = new FoldAgreement(3, 60_000, clock);

    private static ClusterMap map(Member... members) {
        return new ClusterMap(List.of(members), List.of(), true);
    }

    private AgreedFold live(long ms, ClusterMap map) {
        AgreedFold last = agreement.look(map);
        for (long passed = 0; passed < ms; passed += 500) {
            clock.pass(500);
            last = agreement.look(map);
        }
        return last;
    }

    @Test
    void whatAllReadForLongEnoughIsSettled() {
        assertThat(live(59_500, map(NEW))).isEqualTo(new AgreedFold(3, false));
        assertThat(live(500, map(NEW))).isEqualTo(new AgreedFold(3, true));
    }

    @Test
    void oneThatReadsLessHoldsAllBack() {
        assertThat(live(100_000, map(NEW, OLD))).isEqualTo(new AgreedFold(2, true));
    }

    @Test
    void oneThatLeavesIsStillThere() {
        assertThat(live(100_000, map(NEW, LEAVING)).version()).isEqualTo(2);
    }

    @Test
    void oneThatIsGoneForAMomentIsExpectedBack() {
        live(100_000, map(NEW, OLD));

        assertThat(live(40_000, map(NEW))).isEqualTo(new AgreedFold(3, false));
        live(500, map(NEW, OLD));
        assertThat(live(59_500, map(NEW)).settled()).isFalse();
        assertThat(live(1_000, map(NEW)).settled()).isTrue();
    }

    @Test
    void whatIsNotSeenCountsForNothing() {
        live(59_000, map(NEW));
        assertThat(live(10_000, map(NEW).disconnected()).settled()).isFalse();
        assertThat(live(59_500, map(NEW)).settled()).isFalse();

        clock.pass(3_600_000);
        assertThat(agreement.look(map(NEW)).settled()).isFalse();
        assertThat(live(60_000, map(NEW)).settled()).isTrue();
    }

    @Test
    void noMapSettlesNothing() {
        assertThat(live(100_000, ClusterMap.EMPTY).settled()).isFalse();
        assertThat(live(100_000, map()).settled()).isFalse();
    }

    @Test
    void ownReleaseIsTheMostThatIsAgreedOn() {
        Member newer = new Member("newer", "http://newer", 1, false, 9);
        assertThat(live(100_000, map(NEW, newer))).isEqualTo(new AgreedFold(3, true));
    }
}

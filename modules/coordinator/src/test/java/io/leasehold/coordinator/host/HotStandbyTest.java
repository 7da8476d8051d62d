package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneKeeper;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coordinator a owns the shard, b stands by for it. */
class HotStandbyTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private final OneKeeper a = new OneKeeper("a", clock, cluster, Map.of(0, logs));
    private final OneKeeper b = new OneKeeper("b", clock, cluster, Map.of(0, logs));

    @BeforeEach
    void serve() {
        cluster.assign(0, "a");
        cluster.standBy(0, "b");
        live(3_000);
        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void standbyFollowsAndClaimsNothing() {
        live(60_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
        assertThat(b.peers.watched()).extracting(Member::id).containsExactly("a");
        assertThat(place().epoch()).isEqualTo(1);
    }

    @Test
    void standbyClaimsAtOnceWhenTheOwnersProcessIsGone() {
        a.die();
        b.peers.gone("a");

        b.settle();

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().owner()).isEqualTo("b");
    }

    @Test
    void standbyServesOnWhenTheDeadOnesSessionEndsAndTheShardIsAssignedToIt() {
        a.die();
        b.peers.gone("a");
        live(4_000);
        cluster.bury("a");
        cluster.standBy(0, null);
        cluster.assign(0, "b");

        live(10_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().epoch()).isEqualTo(2);
        assertThat(b.opened()).isEqualTo(1);
    }

    @Test
    void markThatTheDeadOneLeftBehindDoesNotMakeTheStandbyGiveUp() {
        a.membership.caughtUp(0);
        a.die();
        b.peers.gone("a");
        b.settle();
        a.membership.caughtUp(0);

        live(5_000);

        assertThat(place().caughtUp()).isEqualTo("a");
        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().epoch()).isEqualTo(2);
    }

    @Test
    void standbyClaimsWhenTheOwnerHasBeenSilentForLong() {
        a.die();

        live(5_000);
        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
        live(2_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void silenceCountsWithoutTheClustersStoreToo() {
        cluster.away(true);
        a.die();

        live(7_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void silenceIsNotCountedWhileTheLogIsNotHeard() {
        a.die();

        live(3_000);
        clock.pass(30_000);
        live(5_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
    }

    @Test
    void ownerThatWasTakenForDeadComesBackInGoodOrder() {
        b.peers.gone("a");
        live(1_000);
        assertThat(place().epoch()).isGreaterThanOrEqualTo(2);
        b.peers.back("a");

        live(3_000);

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
        assertThat(place().owner()).isEqualTo("a");
    }

    @Test
    void wrongSuspicionCostsAtMostThreeClaimsAMinute() {
        b.peers.gone("a");
        a.peers.gone("b");

        live(60_000);

        long byStandby = place().epoch() / 2;
        assertThat(byStandby).isBetween(1L, 4L);
    }

    @Test
    void shardThatNobodyTakesIsClaimedAgainByWhoGaveItUp() {
        cluster.standBy(0, null);
        b.settle();
        cluster.assign(0, "c");
        Member c = new Member("c", "http://c", 0, false);
        cluster.join(c.id(), c.url()).caughtUp(0);
        a.settle();
        assertThat(a.status(0)).isNull();
        assertThat(place().owner()).isNull();

        live(1_500);
        assertThat(a.status(0)).isNull();
        live(1_000);

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().owner()).isEqualTo("a");
    }

    @Test
    void standbyClaimsWhatWasGivenUpAndNobodyTakes() {
        cluster.assign(0, "c");
        cluster.join("c", "http://c").caughtUp(0);
        a.settle();
        a.die();

        live(1_500);
        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
        live(1_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void failedOwnerClaimsItsShardAgainWithoutTheClustersStore() {
        cluster.away(true);
        a.loop(0).close();

        live(1_000);

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(a.loop(0).view().epoch()).isEqualTo(2);
    }

    @Test
    void supersededOwnerDoesNotClaimItsShardBackWithoutTheClustersStore() {
        cluster.away(true);
        b.peers.gone("a");
        live(1_000);
        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);

        live(30_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(b.loop(0).view().epoch()).isEqualTo(2);
        assertThat(a.status(0)).isEqualTo(ShardStatus.FOLLOWING);
    }

    @Test
    void copyThatIsNeitherAssignedNorStandbyIsDropped() {
        cluster.standBy(0, "c");

        b.settle();

        assertThat(b.status(0)).isNull();
    }

    /** Lets time pass as it does for processes that are not paused and a broker that is there. */
    private void live(long ms) {
        for (long left = ms; left > 0; left -= 250) {
            clock.pass(Math.min(250, left));
            logs.tellEnd();
            a.settle();
            b.settle();
        }
    }

    private Place place() {
        return cluster.map().shards().get(0);
    }
}

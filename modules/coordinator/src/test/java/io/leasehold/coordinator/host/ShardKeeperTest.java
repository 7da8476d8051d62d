package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneKeeper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardKeeperTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private final OneKeeper a = new OneKeeper("a", clock, cluster, Map.of(0, logs));
    private final OneKeeper b = new OneKeeper("b", clock, cluster, Map.of(0, logs));

    @Test
    void anAssignedShardIsServedAndSaidToBe() {
        cluster.assign(0, "a");

        a.settle();

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().owner()).isEqualTo("a");
        assertThat(place().epoch()).isEqualTo(1);
    }

    @Test
    void shardsThatTheJournalKnowsOfAndTheStoreDoesNotAreCounted() {
        logs.know(3);
        cluster.assign(0, "a");
        a.settle();

        assertThat(cluster.map().counts()).containsExactly(1, 3);
    }

    @Test
    void aShardAssignedToAnotherIsHandedOverOnceThatOneIsReady() {
        cluster.assign(0, "a");
        a.settle();
        cluster.assign(0, "b");

        a.settle();
        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        b.settle();
        a.settle();
        b.settle();

        assertThat(a.status(0)).isNull();
        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().owner()).isEqualTo("b");
    }

    @Test
    void aCopyThatCannotBeMadeIsTriedAgainEverMoreSlowly() {
        cluster.assign(0, "a");
        a.refuse(true);

        for (int second = 0; second < 60; second++) {
            a.settle();
            clock.pass(1_000);
        }

        // After 0.2, 0.4, 0.8, 1.6 s and so on, up to 15 s.
        assertThat(a.opened()).isBetween(8, 12);
        a.refuse(false);
        clock.pass(15_000);
        a.settle();
        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void aFailedCopyIsReplacedAfterAPause() {
        cluster.assign(0, "a");
        a.settle();
        a.loop(0).close();

        a.settle();
        assertThat(a.status(0)).isNull();
        clock.pass(200);
        a.settle();

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().epoch()).isEqualTo(2);
    }

    @Test
    void aLeavingCoordinatorGivesUpEveryShard() {
        cluster.assign(0, "a");
        a.settle();

        a.keeper.leave();
        assertThat(a.keeper.isAlone()).isFalse();
        a.keeper.releaseAll();
        a.settle();
        a.keeper.sayReleased();

        assertThat(a.keeper.isServing()).isFalse();
        assertThat(place().owner()).isNull();
    }

    @Test
    void aShardThatWasAddedIsServedWithoutAStartAndTheOthersGoOn() {
        InMemoryLogs added = new InMemoryLogs(clock, 2);
        OneKeeper both = new OneKeeper("both", clock, cluster, Map.of(0, logs, 1, added));
        cluster.assign(0, "both");
        both.settle();

        cluster.grow(2);
        cluster.assign(1, "both");
        both.settle();

        assertThat(both.status(1)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(both.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(place().epoch()).isEqualTo(1);
    }

    @Test
    void whoKnowsFewerShardsThanTheJournalDoesNotClaimUntilItHasHeardOfThem() {
        cluster.assign(0, "a");
        logs.know(2);
        a.settle();
        a.keeper.releaseAll();
        a.settle();
        logs.know(1);
        cluster.assign(0, "b");

        b.settle();
        assertThat(b.status(0)).isNotEqualTo(ShardStatus.ACTIVE);
        logs.know(2);
        clock.pass(1_000);
        b.settle();

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void whoTakesAShardOverSaysForHowLongItHadNoOwner() {
        cluster.assign(0, "a");
        a.settle();
        assertThat(a.loop(0).view().unownedMs()).isEqualTo(-1);
        a.keeper.releaseAll();
        a.settle();
        clock.pass(700);
        cluster.assign(0, "b");

        b.settle();

        assertThat(b.loop(0).view().unownedMs()).isBetween(700L, 800L);
    }

    private Place place() {
        return cluster.map().shards().get(0);
    }
}

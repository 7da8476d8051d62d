package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneKeeper;
import io.leasehold.coordinator.testkit.OneShard;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapCorrectionTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private final OneKeeper a = new OneKeeper("a", clock, cluster, Map.of(0, logs));

    @Test
    void ownerOverwritesAClaimThatTheLogDoesNotKnow() {
        cluster.assign(0, "a");
        live(a, 1_000);
        cluster.forge(0, "ghost", "http://ghost", 999_999);

        live(a, 4_000);

        assertIsOwner("a", 1);
    }

    @Test
    void ownerOverwritesAnotherNameAtItsOwnEpoch() {
        cluster.assign(0, "a");
        live(a, 1_000);
        cluster.forge(0, "ghost", "http://ghost", 1);

        live(a, 4_000);

        assertIsOwner("a", 1);
    }

    @Test
    void ownerOverwritesAnotherAddressUnderItsName() {
        cluster.assign(0, "a");
        live(a, 1_000);
        cluster.forge(0, "a", "http://ghost", 1);

        live(a, 4_000);

        assertIsOwner("a", 1);
        assertThat(place().url()).isEqualTo("http://a");
    }

    @Test
    void ownerThatWasSupersededAndHasNotNoticedOverwritesNothing() {
        cluster.assign(0, "a");
        live(a, 1_000);
        logs.hold();
        live(a, 1_500);
        Runnable late = logs.overtake();
        new OneShard("b", clock, logs).owning();
        cluster.forge(0, "b", "http://b", 2);
        assertIsOwner("b", 2);

        for (int i = 0; i < 40; i++) {
            live(a, 250);
            assertIsOwner("b", 2);
        }
        assertThat(a.loop(0).status()).isEqualTo(ShardStatus.ACTIVE);

        late.run();
        a.settle();
        assertThat(a.loop(0).status()).isEqualTo(ShardStatus.FAILED);
        assertIsOwner("b", 2);
    }

    @Test
    void ownerIsOnTheMapAfterALossThatTookAClaimAlong() {
        cluster.assign(0, "a");
        live(a, 2_000);
        long before = logs.journal().size();
        a.loop(0).close();
        live(a, 3_000);
        assertIsOwner("a", 2);

        logs.cutJournal(before);
        live(a, 3_000);
        assertThat(a.status(0)).isEqualTo(ShardStatus.STOPPED);
        cluster.witnessed(0, null);
        live(a, 20_000);

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertIsOwner("a", 2);
    }

    @Test
    void ownerWhoseEpochFellBelowTheMapsIsOnItAgain() {
        cluster.assign(0, "a");
        live(a, 2_000);
        long before = logs.journal().size();
        for (int i = 0; i < 3; i++) {
            a.loop(0).close();
            live(a, 3_000);
        }
        assertIsOwner("a", 4);

        logs.cutJournal(before);
        live(a, 3_000);
        assertThat(a.status(0)).isEqualTo(ShardStatus.STOPPED);
        cluster.witnessed(0, null);
        live(a, 20_000);

        assertThat(a.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertIsOwner("a", 2);
    }

    @Test
    void claimWhoseCopyIsOverIsNotSaidAgainOverThatOfAnotherOwner() {
        cluster.assign(0, "a");
        live(a, 2_000);
        a.loop(0).close();
        a.settle();
        assertIsOwner("a", 1);

        // After a loss that was accepted, the epochs begin lower than before.
        cluster.forge(0, "b", "http://b", 0);
        cluster.sayAgain();

        assertIsOwner("b", 0);
    }

    private void live(OneKeeper keeper, long ms) {
        for (long left = ms; left > 0; left -= 250) {
            clock.pass(Math.min(250, left));
            logs.tellEnd();
            keeper.settle();
        }
    }

    private void assertIsOwner(String id, long epoch) {
        assertThat(place().owner()).isEqualTo(id);
        assertThat(place().epoch()).isEqualTo(epoch);
    }

    private Place place() {
        return cluster.map().shards().get(0);
    }
}

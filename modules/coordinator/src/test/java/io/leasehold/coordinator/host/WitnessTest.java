package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneKeeper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private final OneKeeper a = new OneKeeper("a", clock, cluster, Map.of(0, logs));

    @Test
    void ownerWritesDownHowFarItsJournalHasCome() {
        cluster.assign(0, "a");
        live(a, 1_000);
        Witness first = witness();

        live(a, 11_000);

        assertThat(first.epoch()).isEqualTo(1);
        assertThat(first.journalTopicId()).isEqualTo("journal-1");
        assertThat(witness().end())
                .isGreaterThan(first.end())
                .isLessThanOrEqualTo(logs.journal().size());
    }

    @Test
    void releaseIsWitnessedToo() {
        cluster.assign(0, "a");
        live(a, 1_000);
        a.keeper.releaseAll();
        live(a, 500);

        assertThat(witness().end()).isEqualTo(logs.journal().size());
    }

    @Test
    void journalThatLostItsRecordsStopsTheShardAndSaysSo() {
        OneKeeper b = afterTheLoss("b");

        ShardView view = b.desk.shards().get(0);
        assertThat(view.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(view.problem()).contains("ends at offset 0").contains("Records are lost");
        assertThat(logs.journal()).isEmpty();
    }

    @Test
    void stoppedShardLooksAgainAndServesOnceTheLossIsAccepted() {
        OneKeeper b = afterTheLoss("b");
        assertThat(b.status(0)).isEqualTo(ShardStatus.STOPPED);
        cluster.witnessed(0, null);

        live(b, 16_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void wipedStoreDoesNotKeepAShardFromBeingServed() {
        cluster.assign(0, "a");
        live(a, 12_000);
        a.die();
        cluster.witnessed(0, null);
        OneKeeper b = new OneKeeper("b", clock, cluster, Map.of(0, logs));
        cluster.bury("a");
        cluster.assign(0, "b");

        live(b, 1_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(witness().epoch()).isEqualTo(2);
    }

    /** The owner dies and all records are lost; another one is to take over. */
    private OneKeeper afterTheLoss(String heir) {
        cluster.assign(0, "a");
        live(a, 12_000);
        a.die();
        logs.journal().clear();
        OneKeeper next = new OneKeeper(heir, clock, cluster, Map.of(0, logs));
        cluster.bury("a");
        cluster.assign(0, heir);
        live(next, 5_000);
        return next;
    }

    private void live(OneKeeper keeper, long ms) {
        for (long left = ms; left > 0; left -= 250) {
            clock.pass(Math.min(250, left));
            logs.tellEnd();
            keeper.settle();
        }
    }

    private Witness witness() {
        return cluster.map().shards().get(0).witness();
    }
}

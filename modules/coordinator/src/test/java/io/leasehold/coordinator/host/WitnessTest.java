package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneKeeper;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.task.Submission;
import java.util.List;
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

    @Test
    void ownerWhoseRecordLandsLowerThanWhatWasAcknowledgedStopsTheShard() {
        cluster.assign(0, "a");
        live(a, 12_000);
        long before = logs.journal().size();
        submit(a, "acked");

        logs.cutJournal(before);
        live(a, 20_000);

        ShardView view = a.desk.shards().get(0);
        assertThat(view.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(view.problem()).contains("Records are lost").contains("witness/0");
        assertThat(witness().end()).isGreaterThan(before);
    }

    @Test
    void ownerThatFailedFindsOutThatWhatItHadAcknowledgedIsGoneThoughTheStoreSaysLess() {
        cluster.assign(0, "a");
        live(a, 12_000);
        long before = logs.journal().size();
        submit(a, "acked");
        a.loop(0).close();

        logs.cutJournal(before);
        live(a, 5_000);

        assertThat(a.status(0)).isEqualTo(ShardStatus.STOPPED);
        assertThat(witness().end()).isGreaterThan(before);
    }

    @Test
    void failedOwnerLeavesItsWitnessToTheOthers() {
        cluster.assign(0, "a");
        live(a, 12_000);
        submit(a, "acked");
        long end = logs.journal().size();
        a.loop(0).close();
        a.settle();

        assertThat(witness().end()).isEqualTo(end);
    }

    @Test
    void takeoverIsWitnessedAtOnce() {
        cluster.assign(0, "a");
        a.settle();

        assertThat(witness().end()).isEqualTo(1);
    }

    @Test
    void standbyStopsWhenTheLogEndsBeforeWhatItHasRead() {
        OneKeeper b = standby();
        a.die();

        logs.cutJournal(logs.journal().size() - 3);
        live(b, 1_500);

        ShardView view = b.desk.shards().get(0);
        assertThat(view.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(view.problem()).contains("up to where it was read").contains("witness/0");
    }

    @Test
    void standbyThatHadReadFurtherDoesNotForgetItWithItsCopy() {
        OneKeeper b = standby();
        a.die();
        long end = logs.journal().size();
        b.loop(0).close();
        logs.cutJournal(end - 3);

        cluster.bury("a");
        cluster.assign(0, "b");
        live(b, 5_000);

        assertThat(b.status(0)).isEqualTo(ShardStatus.STOPPED);
        assertThat(witness().end()).isEqualTo(end);
    }

    @Test
    void logThatRoseAgainUnderAnotherClaimIsNotTakenForWhole() {
        OneKeeper b = standby();
        a.die();
        long end = logs.journal().size();
        b.loop(0).close();
        logs.cutJournal(end - 3);
        OneShard stranger = new OneShard("stranger", clock, logs).owning();
        stranger.live(10_000);
        stranger.loop.close();
        stranger.settle();
        assertThat(logs.journal().size()).isGreaterThan((int) end);

        cluster.bury("a");
        cluster.assign(0, "b");
        live(b, 5_000);

        ShardView view = b.desk.shards().get(0);
        assertThat(view.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(view.problem()).contains("with a later claim at offset " + (end - 3));
    }

    @Test
    void claimThatLandsLowerThanWhatWasReadStopsTheShardUntilTheLossIsAccepted() {
        OneKeeper b = standby();
        a.die();
        logs.hold();
        cluster.bury("a");
        cluster.assign(0, "b");
        for (int i = 0; i < 3; i++) {
            b.settle();
        }
        assertThat(b.status(0)).isEqualTo(ShardStatus.CLAIMING);
        logs.cutJournal(logs.journal().size() - 3);
        logs.deliver();

        live(b, 40_000);
        assertThat(b.status(0)).isEqualTo(ShardStatus.STOPPED);

        cluster.witnessed(0, null);
        live(b, 20_000);
        assertThat(b.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void lossThatAnotherOwnerTookOnIsSaidOnceAndHoldsNothingUp() {
        OneKeeper b = standby();
        a.die();
        long end = logs.journal().size();
        b.loop(0).close();
        logs.cutJournal(end - 3);
        cluster.witnessed(0, null);
        cluster.bury("a");
        // Knows nothing: it starts only now, and the store has forgotten.
        OneKeeper c = new OneKeeper("c", clock, cluster, Map.of(0, logs));
        cluster.assign(0, "c");
        live(c, 5_000);
        assertThat(c.status(0)).isEqualTo(ShardStatus.ACTIVE);

        for (int i = 0; i < 40; i++) {
            live(c, 250);
            b.settle();
        }

        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
        assertThat(b.loop(0).isOverwritten(new Witness("journal-1", "inbox-1", 1, 0, end)))
                .isTrue();
        assertThat(b.truncations()).isEqualTo(1);
    }

    @Test
    void followerThatStandsBehindALogOverwrittenUnderItStops() {
        OneKeeper b = standby();
        a.die();
        long end = logs.journal().size();
        InMemoryLogs rest = new InMemoryLogs(clock, 1);
        logs.journal().subList(0, (int) end - 3).forEach(record -> rest.inject(record.value()));
        OneShard stranger = new OneShard("stranger", clock, rest).owning();
        stranger.live(5_000);
        // The log has other records from there on, and is longer than it was, before the follower looks again.
        logs.cutJournal(0);
        rest.journal().forEach(record -> logs.journal().add(record));

        live(b, 1_500);

        ShardView view = b.desk.shards().get(0);
        assertThat(view.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(view.problem()).contains("that was not where it should have been read");
    }

    /** A second coordinator follows what the first one owns, at its end. */
    private OneKeeper standby() {
        OneKeeper b = new OneKeeper("b", clock, cluster, Map.of(0, logs));
        cluster.assign(0, "a");
        cluster.standBy(0, "b");
        for (int i = 0; i < 60; i++) {
            live(a, 250);
            b.settle();
        }
        assertThat(b.status(0)).isEqualTo(ShardStatus.FOLLOWING);
        return b;
    }

    private static void submit(OneKeeper to, String id) {
        Answered<List<Accepted>> answer = new Answered<>();
        to.desk.submit(0, List.of(new Submission(OneShard.task(id, 0), 0)), answer);
        to.settle();
        assertThat(answer.value()).containsExactly(Accepted.NEW);
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

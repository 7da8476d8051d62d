package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.success;
import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What matters is carried, the rest is trimmed and deleted, and whoever takes over finds the same shard. */
class ShortJournalTest {
    private static final long DEDUPE_MS = 60_000;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = coordinator("a");

    /** Carries as soon as it is worth anything, and keeps no history. */
    private OneShard coordinator(String name) {
        JournalOptions journal = new JournalOptions(0, 0, 0, DEDUPE_MS, 1_000);
        return new OneShard(ShardOptions.of(name).with(journal), clock, logs);
    }

    /** Submits, works on, and completes so many tasks. */
    private static void complete(OneShard shard, String prefix, int tasks) {
        for (int i = 0; i < tasks; i++) {
            shard.submit(task(prefix + i, 9));
            shard.report(shard.poll(1).value().get(0), success());
        }
    }

    private OneShard takenOverBy(String name) {
        OneShard next = coordinator(name);
        next.owning();
        return next;
    }

    private static TaskView find(OneShard shard, String id) {
        Answered<TaskView> answer = new Answered<>();
        shard.desk.find(0, id, answer);
        shard.settle();
        return answer.value();
    }

    @Test
    void whatMattersIsCarriedAndTheRestDeletedAndTheNextOwnerFindsAll() {
        a.owning();
        a.submit(task("low", 1), task("high", 5), task("leased", 8));
        LeasedTask leased = a.poll(1).value().get(0);
        complete(a, "done", 300);
        a.live(DEDUPE_MS + 30_000);
        assertThat(logs.journalStart()).isGreaterThan(600);

        OneShard b = takenOverBy("b");

        assertThat(b.loop.view().live()).isEqualTo(3);
        assertThat(find(b, "done7")).as("forgotten").isNull();
        assertThat(b.poll(2).value()).extracting(one -> one.grant().task().id()).containsExactly("leased", "high");
        assertThat(b.report(leased, success()).value()).containsExactly(Report.Answer.LOST);
        assertThat(b.loop.view().problem()).isNull();
    }

    @Test
    void aLeaseIsCarriedAndItsHolderMayReport() {
        a.owning();
        a.submit(task("leased", 8));
        LeasedTask leased = a.poll(1).value().get(0);
        complete(a, "done", 1_500);
        a.live(12_000);
        assertThat(logs.journalStart()).isGreaterThan(600);

        OneShard b = takenOverBy("b");

        assertThat(find(b, "leased").state()).isEqualTo(TaskState.LEASED);
        assertThat(b.report(leased, success()).value()).containsExactly(Report.Answer.OK);
    }

    @Test
    void anIdIsRememberedForItsWindowThroughTrimsAndTakeovers() {
        a.owning();
        complete(a, "early", 1);
        complete(a, "done", 300);
        a.live(20_000);
        OneShard b = takenOverBy("b");
        assertThat(b.submit(task("early0", 0)).value()).containsExactly(Accepted.DUPLICATE);

        b.live(DEDUPE_MS);
        complete(b, "more", 300);
        b.live(DEDUPE_MS);
        complete(b, "still more", 300);
        b.live(2_000);

        assertThat(b.submit(task("early0", 0)).value()).containsExactly(Accepted.NEW);
    }

    @Test
    void aBrokerThatBringsDeletedRecordsBackChangesNothing() {
        a.owning();
        a.submit(task("waiting", 1));
        complete(a, "done", 300);
        a.live(DEDUPE_MS + 30_000);
        assertThat(logs.journalStart()).isPositive();

        logs.undelete();
        OneShard b = takenOverBy("b");

        assertThat(find(b, "waiting").state()).isEqualTo(TaskState.READY);
        assertThat(find(b, "done7")).isNull();
        complete(b, "more", 10);
        assertThat(b.loop.view().problem()).isNull();
    }

    @Test
    void carryingThatATakeoverInterruptsIsCompletedByTheNextOwner() {
        a.owning();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add("w" + i);
            a.submit(task("w" + i, 1));
        }
        complete(a, "done", 600);
        logs.hold();
        a.live(300);
        Runnable late = logs.overtake();
        OneShard b = takenOverBy("b");
        late.run();
        b.settle();
        complete(b, "more", 600);
        b.live(DEDUPE_MS + 30_000);
        assertThat(logs.journalStart()).isPositive();

        OneShard c = takenOverBy("c");

        assertThat(ids).allSatisfy(id -> assertThat(find(c, id).state()).isEqualTo(TaskState.READY));
    }

    @Test
    void whatSomebodyElseDeletesIsWrittenAgainWhileTheOwnerLives() {
        a.owning();
        a.submit(task("waiting", 1));
        a.live(1_000);
        logs.deleteJournalBefore(logs.journal().size() - 1);

        a.live(30_000);
        assertThat(a.loop.view().problem()).isNull();
        OneShard b = takenOverBy("b");

        assertThat(find(b, "waiting").state()).isEqualTo(TaskState.READY);
    }

    @Test
    void whatSomebodyElseDeletesStopsTheShardIfNobodyHasIt() {
        a.owning();
        a.submit(task("waiting", 1));
        a.loop.release();
        a.live(1_000);
        long start = logs.journal().size() - 1;
        logs.deleteJournalBefore(start);

        OneShard b = coordinator("b");
        b.loop.claim();
        b.settle();

        assertThat(b.loop.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(b.loop.view().problem())
                .startsWith("journal: starts at offset " + start + ", and no record up to its end at ");
    }

    @Test
    void aJournalThatIsMostlyAliveIsLeftAlone() {
        a.owning();
        for (int i = 0; i < 200; i++) {
            a.submit(task("w" + i, 1));
        }
        a.settle();
        assertThat(logs.journalStart()).isZero();
        assertThat(logs.journal()).hasSizeLessThan(250);
    }

    @Test
    void aShardWithNothingToDoIsNotCarriedForEver() {
        a.owning();
        a.submit(task("waiting", 1));
        a.live(60_000);
        assertThat(logs.journal()).as("mostly ticks").hasSizeLessThan(100);
    }

    @Test
    void anInboxIsDeletedBehindWhatWasAdmitted() {
        a.owning();
        for (int i = 0; i < 20; i++) {
            logs.put(task("k" + i, 1));
        }
        a.live(12_000);

        assertThat(logs.inboxStart()).isEqualTo(20);
        OneShard b = takenOverBy("b");
        assertThat(find(b, "k7").state()).isEqualTo(TaskState.READY);
    }

    @Test
    void deadLettersAreKeptHoweverOldTheyAre() {
        a.owning();
        a.submit(task("dead", 9));
        a.report(a.poll(1).value().get(0), new Report(Report.Outcome.FAILURE, new byte[0], "broken", false, -1));
        complete(a, "done", 300);
        a.live(2 * DEDUPE_MS);
        complete(a, "more", 300);
        a.live(2_000);

        OneShard b = takenOverBy("b");

        assertThat(find(b, "dead").state()).isEqualTo(TaskState.DEAD);
        assertThat(find(b, "done7")).isNull();
    }
}

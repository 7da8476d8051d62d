package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.success;
import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardLoopTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs);

    @Test
    void aTaskIsSubmittedLeasedAndCompleted() {
        a.owning();

        assertThat(a.submit(task("t1", 0)).value()).containsExactly(Accepted.NEW);
        LeasedTask leased = a.poll(1).value().get(0);
        assertThat(leased.grant().task().id()).isEqualTo("t1");
        assertThat(a.report(leased, success()).value()).containsExactly(Report.Answer.OK);

        assertThat(find(a, "t1").value().state()).isEqualTo(TaskState.COMPLETED);
        assertThat(logs.ended()).extracting("id").containsExactly("t1");
    }

    @Test
    void nothingIsAnsweredBeforeItsRecordIsInTheLog() {
        a.owning();
        logs.hold();

        Answered<List<Accepted>> answer = a.submit(task("t1", 0));
        Answered<TaskView> read = find(a, "t1");

        assertThat(answer.isThere()).isFalse();
        assertThat(read.isThere()).isFalse();
        logs.deliver();
        a.settle();
        assertThat(answer.value()).containsExactly(Accepted.NEW);
        assertThat(read.value().state()).isEqualTo(TaskState.READY);
    }

    @Test
    void aParkedPollIsServedByTheTurnThatAdmitsTheTask() {
        a.owning();
        Answered<List<LeasedTask>> poll = a.poll(1);
        assertThat(poll.isThere()).isFalse();
        int before = logs.journal().size();

        logs.put(task("t1", 0));
        a.settle();

        assertThat(poll.value()).hasSize(1);
        assertThat(logs.journal()).hasSize(before + 1);
    }

    @Test
    void aPollWhoseClientWentAwayIsGivenNothing() {
        a.owning();
        Answered<List<LeasedTask>> gone = new Answered<>();
        PollTicket ticket = a.poll(1, gone);
        a.desk.giveUp(ticket);
        Answered<List<LeasedTask>> staying = a.poll(1);

        a.submit(task("t1", 0));

        assertThat(gone.isThere()).isFalse();
        assertThat(staying.value()).hasSize(1);
        assertThat(a.desk.lines().waiting()).isZero();
    }

    @Test
    void aNewOwnerGoesOnWhereTheLastOneStopped() {
        a.owning();
        logs.put(task("t1", 5));
        logs.put(task("t2", 9));
        a.settle();
        LeasedTask leased = a.poll(1).value().get(0);

        OneShard b = new OneShard("b", clock, logs).owning();

        assertThat(leased.grant().task().id()).isEqualTo("t2");
        assertThat(b.report(leased, success()).value()).containsExactly(Report.Answer.OK);
        assertThat(b.poll(5).value()).extracting(one -> one.grant().task().id()).containsExactly("t1");
        assertThat(b.submit(task("t2", 0)).value()).containsExactly(Accepted.DUPLICATE);
    }

    @Test
    void aSupersededOwnerAnswersNothing() {
        a.owning();
        a.submit(task("t1", 0));
        new OneShard("b", clock, logs).owning();

        Answered<List<Accepted>> answer = a.submit(task("t2", 0));

        assertThat(answer.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
    }

    @Test
    void aSupersededOwnersLateRecordIsVoidAndStopsNobody() {
        a.owning();
        logs.hold();
        Answered<List<Accepted>> unsure = a.submit(task("late", 0));
        Runnable late = logs.overtake();
        OneShard b = new OneShard("b", clock, logs).owning();

        late.run();
        a.settle();
        Answered<List<Accepted>> next = b.submit(task("next", 0));

        assertThat(unsure.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        assertThat(next.value()).containsExactly(Accepted.NEW);
        assertThat(b.submit(task("next", 0)).value()).containsExactly(Accepted.DUPLICATE);
        assertThat(find(b, "late").value()).isNull();
        OneShard c = new OneShard("c", clock, logs).owning();
        assertThat(find(c, "late").value()).isNull();
        assertThat(find(c, "next").value()).isNotNull();
    }

    @Test
    void whatLandedBeforeAClaimIsKept() {
        a.owning();
        logs.hold();
        a.submit(task("early", 0));
        OneShard b = new OneShard("b", clock, logs);
        b.loop.claim();
        b.settle();

        logs.deliver();
        b.settle();

        assertThat(find(b, "early").value().state()).isEqualTo(TaskState.READY);
    }

    @Test
    void aFailedAppendIsAnsweredAsUnknownAndEndsTheCopy() {
        a.owning();
        logs.failAppends(true);

        Answered<List<Accepted>> answer = a.submit(task("t1", 0));

        assertThat(answer.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        assertThat(a.loop.isOver()).isTrue();
        assertThat(a.desk.owns(0)).isFalse();
    }

    @Test
    void aRepeatedPollGetsTheSameGrants() {
        a.owning();
        a.submit(task("t1", 0), task("t2", 0));
        Wanted wanted = new Wanted("w", List.of("default"), 1, 1 << 20, 0, "p1");
        Answered<List<LeasedTask>> lost = new Answered<>();
        Answered<List<LeasedTask>> repeated = new Answered<>();

        a.desk.poll(wanted, 0, lost);
        a.settle();
        a.desk.poll(wanted, 0, repeated);
        a.settle();

        assertThat(repeated.value().get(0).lease())
                .isEqualTo(lost.value().get(0).lease());
    }

    /** Else the age that the repeated poll is told, added to when the first one was sent, would promise too much. */
    @Test
    void aRepeatedPollsLeasesHoldFromItsOwnDecisionOn() {
        a.owning();
        a.submit(task("t1", 0));
        Wanted wanted = new Wanted("w", List.of("default"), 1, 1 << 20, 0, "p1");
        a.desk.poll(wanted, 0, new Answered<>());
        a.settle();
        a.live(20_000);
        Answered<List<LeasedTask>> repeated = new Answered<>();
        a.desk.poll(wanted, 2_000, repeated);
        a.settle();
        Answered<List<LeasedTask>> next = a.poll(1);

        a.live(29_900);
        assertThat(repeated.value().get(0).decidedAfterMs()).isEqualTo(1_997);
        assertThat(next.isThere()).isFalse();
        a.live(400);

        assertThat(next.value()).hasSize(1);
    }

    /** The worker adds the wait to its belief by its own clock, which may show 24,974 ms of these 25,000 and no more. */
    @Test
    void parkedPollsWaitIsToldAsTheSlowestClockShowsIt() {
        a.owning();
        Answered<List<LeasedTask>> parked = a.poll(1);
        a.live(25_000);
        a.submit(task("t1", 0));
        Answered<List<LeasedTask>> atOnce = new Answered<>();
        a.submit(task("t2", 0));
        a.poll(1, atOnce);

        assertThat(parked.value().get(0).decidedAfterMs()).isEqualTo(24_974);
        assertThat(atOnce.value().get(0).decidedAfterMs()).isZero();
    }

    @Test
    void aGrantThatDidNotReachItsWorkerIsGivenBack() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);

        assertThat(giveBack(leased).value()).containsExactly(Report.Answer.OK);

        assertThat(a.poll(1).value()).hasSize(1);
    }

    @Test
    void aGrantThatWasPromisedAgainMeanwhileIsNotGivenBack() {
        a.owning();
        a.submit(task("t1", 0), task("t2", 0));
        Wanted wanted = new Wanted("w", List.of("default"), 1, 1 << 20, 0, "p-1");
        Answered<List<LeasedTask>> first = new Answered<>();
        a.desk.poll(wanted, 0, first);
        Answered<List<LeasedTask>> repeated = new Answered<>();
        a.desk.poll(wanted, 0, repeated);
        a.settle();
        LeasedTask beaten = a.poll(1).value().get(0);
        beat(a, beaten);

        assertThat(giveBack(first.value().get(0)).value()).containsExactly(Report.Answer.LOST);
        assertThat(giveBack(beaten).value()).containsExactly(Report.Answer.LOST);

        assertThat(a.report(repeated.value().get(0), success()).value()).containsExactly(Report.Answer.OK);
        assertThat(a.report(beaten, success()).value()).containsExactly(Report.Answer.OK);
    }

    /** A poll that comes late, after it was repeated, is answered to nobody; the one that came before it had its answer. */
    @Test
    void aGrantThatWasPromisedBeforeIsNotGivenBackByALateDuplicateOfItsPoll() {
        a.owning();
        a.submit(task("t1", 0));
        Wanted wanted = new Wanted("w", List.of("default"), 1, 1 << 20, 0, "p-1");
        Answered<List<LeasedTask>> delivered = new Answered<>();
        a.desk.poll(wanted, 0, delivered);
        a.settle();
        Answered<List<LeasedTask>> late = new Answered<>();
        a.desk.poll(wanted, 0, late);
        a.settle();

        assertThat(giveBack(late.value().get(0)).value()).containsExactly(Report.Answer.LOST);

        assertThat(a.report(delivered.value().get(0), success()).value()).containsExactly(Report.Answer.OK);
    }

    @Test
    void aGrantThatAnEarlierOwnerMadeIsNotGivenBack() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        a.loop.release();
        a.settle();
        OneShard b = new OneShard("b", clock, logs).owning();

        Answered<List<Report.Answer>> answer = new Answered<>();
        b.desk.report(0, List.of(LeaseReport.undelivered(leased)), answer);
        b.settle();

        assertThat(answer.value()).containsExactly(Report.Answer.LOST);
        assertThat(b.report(leased, success()).value()).containsExactly(Report.Answer.OK);
    }

    private Answered<List<Report.Answer>> giveBack(LeasedTask leased) {
        Answered<List<Report.Answer>> answer = new Answered<>();
        a.desk.report(0, List.of(LeaseReport.undelivered(leased)), answer);
        a.settle();
        return answer;
    }

    @Test
    void aSilentWorkersTaskIsLeasedAgainAfterItsLease() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask first = a.poll(1).value().get(0);
        Answered<List<LeasedTask>> next = a.poll(1);

        a.live(29_900);
        assertThat(next.isThere()).isFalse();
        a.live(400);

        assertThat(next.value()).hasSize(1);
        assertThat(next.value().get(0).grant().attempt()).isEqualTo(2);
        assertThat(next.value().get(0).grant().fence())
                .isGreaterThan(first.grant().fence());
        assertThat(a.report(first, success()).value()).containsExactly(Report.Answer.LOST);
    }

    @Test
    void aHeartbeatKeepsTheLease() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);

        for (int i = 0; i < 5; i++) {
            a.live(20_000);
            assertThat(beat(a, leased).value()).containsExactly(new Heartbeat(Heartbeat.Status.OK, 30_000));
        }

        assertThat(a.report(leased, success()).value()).containsExactly(Report.Answer.OK);
    }

    @Test
    void withoutFreshProofNoHeartbeatIsOk() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        logs.hold();
        a.live(6_200);

        assertThat(beat(a, leased).value()).extracting(Heartbeat::status).containsExactly(Heartbeat.Status.RETRY);
        logs.deliver();
        a.settle();
        a.live(1_100);
        assertThat(beat(a, leased).value()).extracting(Heartbeat::status).containsExactly(Heartbeat.Status.OK);
    }

    @Test
    void aReleaseAfterAnOutageCostsTheTaskNoAttempt() {
        a.owning();
        Task like = task("t1", 0);
        a.submit(new Task(
                "t1", "default", null, 0, Task.NO_DEADLINE, 0, like.payload(), 1, 30_000, like.backoff(), null));
        LeasedTask leased = a.poll(1).value().get(0);
        logs.hold();
        a.live(40_000);
        logs.deliver();
        a.settle();

        Report release = new Report(Report.Outcome.RELEASE, new byte[0], null, true, -1);
        assertThat(a.report(leased, release).value()).containsExactly(Report.Answer.OK);

        LeasedTask again = a.poll(1).value().get(0);
        assertThat(a.report(again, success()).value()).containsExactly(Report.Answer.OK);
    }

    @Test
    void aPausedOwnerExpiresNothingOnWaking() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);

        clock.pass(90_000);
        a.settle();

        assertThat(beat(a, leased).value()).extracting(Heartbeat::status).containsExactly(Heartbeat.Status.OK);
    }

    @Test
    void aNewOwnerGivesInheritedLeasesGrace() {
        a.owning();
        a.submit(task("t1", 0));
        a.poll(1).value();
        a.live(25_000);

        OneShard b = new OneShard("b", clock, logs).owning();
        Answered<List<LeasedTask>> next = b.poll(1);
        b.live(34_900);
        assertThat(next.isThere()).isFalse();
        b.live(500);
        assertThat(next.value()).hasSize(1);
        assertThat(find(b, "t1").value().expiries()).isZero();
    }

    @Test
    void aReleasedShardIsTakenOverWithoutAGap() {
        a.owning();
        a.submit(task("t1", 0));
        OneShard b = new OneShard("b", clock, logs).settle();

        a.loop.release();
        a.settle();
        b.settle();

        assertThat(a.loop.status()).isEqualTo(ShardStatus.RELEASED);
        assertThat(b.loop.sawRelease()).isTrue();
        b.owning();
        assertThat(b.poll(1).value()).hasSize(1);
    }

    @Test
    void aCancelledTasksHolderIsTold() {
        a.owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        Answered<Cancelled> cancel = new Answered<>();
        a.desk.cancel(0, "t1", cancel);
        a.settle();

        assertThat(cancel.value().cancelled()).isTrue();
        assertThat(beat(a, leased).value()).extracting(Heartbeat::status).containsExactly(Heartbeat.Status.CANCELLED);
        assertThat(a.report(leased, success()).value()).containsExactly(Report.Answer.ENDED);
    }

    @Test
    void anUnknownIdIsUnknownOnlyOnceTheInboxIsAdmitted() {
        a.owning();
        logs.put(task("t1", 0));

        Answered<TaskView> known = find(a, "t1");
        Answered<TaskView> unknown = find(a, "nothing");

        assertThat(known.value().state()).isEqualTo(TaskState.READY);
        assertThat(unknown.value()).isNull();
    }

    @Test
    void anIdThatAnInboxMayHoldIsNotAdmittedYet() {
        a.owning();
        logs.holdInboxesBack(true);

        Answered<TaskView> found = find(a, "maybe");
        Answered<Cancelled> cancelled = new Answered<>();
        a.desk.cancel(0, "maybe", cancelled);
        a.settle();

        assertThat(found.refusal()).isEqualTo(Refusal.NOT_ADMITTED_YET);
        assertThat(cancelled.refusal()).isEqualTo(Refusal.NOT_ADMITTED_YET);
        a.submit(task("t1", 0));
        assertThat(find(a, "t1").value().state()).isEqualTo(TaskState.READY);
        Answered<TaskView> soFar = new Answered<>();
        a.desk.find(0, "maybe", false, soFar);
        a.settle();
        assertThat(soFar.value()).isNull();
    }

    @Test
    void anInboxCountsAsPassedOnlyOnceTheJournalSaysSo() {
        a.owning();
        logs.put(task("t0", 0));
        a.settle();
        assertThat(a.desk.inboxPassed(0)).isEqualTo(1);

        logs.hold();
        logs.put(task("t1", 0));
        a.settle();
        assertThat(a.desk.inboxPassed(0)).isEqualTo(1);

        logs.deliver();
        a.settle();
        assertThat(a.desk.inboxPassed(0)).isEqualTo(2);
        a.loop.close();
        a.settle();
        assertThat(a.desk.inboxPassed(0)).isEqualTo(-1);
    }

    @Test
    void aClockThatJumpsMakesNothingDue() {
        a.owning();
        a.submit(task("t1", 0).startingAt(clock.wallMs() + 60_000));
        Answered<List<LeasedTask>> poll = a.poll(1);

        clock.jumpWall(3_600_000);
        a.live(500);
        assertThat(poll.isThere()).isFalse();

        clock.jumpWall(-3_600_000);
        a.live(60_500);
        assertThat(poll.value()).hasSize(1);
    }

    @Test
    void admissionThatStoppedGoesOnOnceTheInboxCanBeReadAgain() {
        OneShard a = new OneShard("a", clock, logs).owning();
        logs.put(task("k1", 0));
        a.settle();
        logs.failInbox("not authorized");
        a.live(2_500);
        assertThat(a.loop.view().problem()).isEqualTo("not authorized");

        logs.allowInbox();
        logs.put(task("k2", 0));
        a.live(1_000);

        assertThat(a.loop.view().problem()).isNull();
        assertThat(a.poll(10).value()).hasSize(2);
    }

    @Test
    void aRecreatedInboxStopsAdmissionAndNothingElse() {
        a.owning();
        logs.put(task("t1", 0));
        a.settle();
        logs.recreateInbox();

        OneShard b = new OneShard("b", clock, logs).owning();
        logs.put(task("t2", 0));
        b.settle();

        assertThat(b.loop.view().problem()).contains("inbox topic id: inbox-2 (expected: inbox-1");
        assertThat(find(b, "t2").refusal()).isEqualTo(Refusal.NOT_ADMITTED_YET);
        assertThat(b.desk.inboxPassed(0)).isEqualTo(-1);
        assertThat(b.poll(5).value()).extracting(one -> one.grant().task().id()).containsExactly("t1");
    }

    @Test
    void anIdleOwnerWritesOneRecordASecond() {
        a.owning();
        int before = logs.journal().size();

        a.live(10_000);

        assertThat(logs.journal().size() - before).isBetween(9, 11);
    }

    @Test
    void afterFullTurnsTheNextTakesInWhatComesAtOnce() {
        OneShard small = new OneShard(
                new ShardOptions("a", 1_000, 5_000, 100, 20_000, Policy.DEFAULT, JournalOptions.DEFAULT), clock, logs);
        small.owning();

        for (int i = 0; i < 6; i++) {
            Answered<List<Accepted>> filling = small.submit(task("t" + i, 0), task("u" + i, 0), task("v" + i, 0));
            assertThat(filling.value()).containsExactly(Accepted.NEW, Accepted.NEW, Accepted.NEW);
        }

        assertThat(small.loop.idleMs()).isPositive();
    }

    private static Answered<TaskView> find(OneShard shard, String id) {
        Answered<TaskView> answer = new Answered<>();
        shard.desk.find(0, id, answer);
        shard.settle();
        return answer;
    }

    private static Answered<List<Heartbeat>> beat(OneShard shard, LeasedTask leased) {
        Answered<List<Heartbeat>> answer = new Answered<>();
        shard.desk.heartbeat(0, List.of(leased.grant().fence()), answer);
        shard.settle();
        return answer;
    }
}

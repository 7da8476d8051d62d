package io.leasehold.core.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import org.junit.jupiter.api.Test;

/** What comes in, what time ends, what callers end or begin anew. */
class DeciderTest {
    private final Lived lived = new Lived();
    private final Decider decider = lived.decider();

    @Test
    void aKnownIdIsADuplicateWhateverBecameOfIt() {
        assertThat(lived.accept(Tasks.plain("a"))).isEqualTo(Accepted.NEW);
        assertThat(lived.accept(Tasks.plain("a"))).isEqualTo(Accepted.DUPLICATE);
        lived.succeed(lived.leaseNext());
        lived.told();
        assertThat(lived.accept(Tasks.id("a").queue("other").task())).isEqualTo(Accepted.DUPLICATE);
        assertThat(lived.told()).isEmpty();
    }

    @Test
    void aDelayCountsFromNow() {
        decider.submit(new Submission(Tasks.plain("a"), 250), lived.nowMs(), lived.nowMs());
        assertThat(lived.entry("a"))
                .returns(lived.nowMs() + 250, TaskEntry::notBeforeMs)
                .returns(TaskState.DELAYED, TaskEntry::state);
    }

    @Test
    void aFullShardTakesNothingMoreButGoesOn() {
        Lived small = new Lived(new Policy(3, 2, 1 << 20, 10_000), bound -> 0);
        small.accept(Tasks.plain("a"));
        small.accept(Tasks.plain("b"));
        small.told();
        assertThat(small.accept(Tasks.plain("c"))).isEqualTo(Accepted.FULL);
        assertThat(small.accept(Tasks.plain("a"))).isEqualTo(Accepted.DUPLICATE);
        assertThat(small.told()).isEmpty();
        small.report(small.leaseNext(), new Report(Report.Outcome.FAILURE, new byte[0], "x", false, -1));
        assertThat(small.decider().redrive(small.entry("a"), small.nowMs())).isTrue();
        assertThat(small.state().remembered()).isEqualTo(2);
    }

    @Test
    void bytesFillAShardToo() {
        Lived small = new Lived(new Policy(3, 1_000, 5_000, 10_000), bound -> 0);
        assertThat(small.accept(Tasks.id("a").payload(new byte[4_900]).task())).isEqualTo(Accepted.NEW);
        assertThat(small.decider().isFull()).isTrue();
        assertThat(small.accept(Tasks.plain("b"))).isEqualTo(Accepted.FULL);
        small.succeed(small.leaseNext());
        assertThat(small.accept(Tasks.plain("b"))).isEqualTo(Accepted.NEW);
    }

    @Test
    void countedExpiriesEndATask() {
        lived.accept(Tasks.plain("a"));
        for (int i = 0; i < 9; i++) {
            lived.leaseNext();
            decider.expireLease(lived.entry("a"), false, lived.nowMs());
        }
        lived.leaseNext();
        lived.expire("a");
        lived.leaseNext();
        lived.expire("a");
        assertThat(lived.entry("a").state()).isEqualTo(TaskState.READY);
        lived.leaseNext();
        lived.expire("a");
        assertThat(lived.entry("a").end().cause()).isEqualTo(EndCause.EXPIRIES_EXHAUSTED);
        assertThat(lived.entry("a")).returns(3, TaskEntry::expiries).returns(0, TaskEntry::failures);
    }

    @Test
    void anUncountedExpiryEndsNothingThoughTheCapWasLowered() {
        lived.lease("a");
        lived.expire("a");
        lived.leaseNext();
        Decider stricter = new Decider(lived.state(), lived.fact(), new Policy(1, 10, 1 << 20, 10_000), bound -> 0);
        stricter.expireLease(lived.entry("a"), false, lived.nowMs());
        assertThat(lived.entry("a").state()).isEqualTo(TaskState.READY);
    }

    @Test
    void waitingTasksEndWhenTheirDeadlineHasPassed() {
        lived.accept(Tasks.id("ready").deadline(lived.nowMs() + 5).task());
        lived.accept(Tasks.id("delayed")
                .notBefore(lived.nowMs() + 100)
                .deadline(lived.nowMs() + 4)
                .task());
        lived.turn(5);
        assertThat(decider.expireNext(lived.nowMs())).isTrue();
        assertThat(lived.entry("delayed").state()).isEqualTo(TaskState.EXPIRED);
        assertThat(decider.expireNext(lived.nowMs())).isFalse();
        lived.turn(1);
        assertThat(decider.expireNext(lived.nowMs())).isTrue();
        assertThat(decider.expireNext(lived.nowMs())).isFalse();
        assertThat(lived.entry("ready").end().endedMs()).isEqualTo(lived.nowMs());
    }

    @Test
    void aTaskWhoseLeaseRanOutAfterItsDeadlineEnds() {
        lived.accept(Tasks.id("a").deadline(lived.nowMs()).task());
        lived.leaseNext();
        lived.turn(1);
        lived.expire("a");
        assertThat(lived.grant(1, "default")).isEmpty();
        assertThat(lived.entry("a").end().cause()).isEqualTo(EndCause.DEADLINE_PASSED);
    }

    @Test
    void cancelEndsWhateverHasNotEnded() {
        lived.accept(Tasks.plain("ready"));
        lived.accept(Tasks.id("delayed").notBefore(lived.nowMs() + 1).task());
        lived.accept(Tasks.id("leased").priority(1).task());
        lived.leaseNext();
        for (String id : new String[] {"ready", "delayed", "leased"}) {
            assertThat(decider.cancel(lived.entry(id), lived.nowMs())).isTrue();
            lived.told();
            assertThat(decider.cancel(lived.entry(id), lived.nowMs()))
                    .as("again")
                    .isTrue();
            assertThat(lived.told()).isEmpty();
            assertThat(lived.entry(id).state()).isEqualTo(TaskState.CANCELLED);
        }
        assertThat(lived.grant(9, "default")).isEmpty();
    }

    @Test
    void whatHasEndedOtherwiseIsNotCancelled() {
        lived.succeed(lived.lease("done"));
        lived.die("dead");
        assertThat(decider.cancel(lived.entry("done"), lived.nowMs())).isFalse();
        assertThat(decider.cancel(lived.entry("dead"), lived.nowMs())).isFalse();
    }

    @Test
    void onlyDeadLettersAreRedriven() {
        lived.succeed(lived.lease("done"));
        lived.die("dead");
        lived.lease("leased");
        TaskEntry dead = lived.entry("dead");
        assertThat(decider.redrive(lived.entry("done"), lived.nowMs())).isFalse();
        assertThat(decider.redrive(lived.entry("leased"), lived.nowMs())).isFalse();
        assertThat(decider.redrive(dead, lived.nowMs())).isTrue();
        assertThat(lived.entry("dead")).isNotSameAs(dead).returns(4L, TaskEntry::number);
    }

    @Test
    void redriveDropsADeadlineThatHasPassed() {
        long deadline = lived.nowMs() + 10;
        for (String id : new String[] {"past", "just"}) {
            lived.accept(Tasks.id(id).deadline(deadline).maxAttempts(1).task());
            lived.fail(lived.leaseNext());
        }
        decider.redrive(lived.entry("just"), deadline);
        decider.redrive(lived.entry("past"), deadline + 1);
        assertThat(lived.entry("just").task().deadlineMs()).isEqualTo(deadline);
        assertThat(lived.entry("past").task().deadlineMs()).isEqualTo(Task.NO_DEADLINE);
    }

    @Test
    void positionsAreToldOnlyWhenTheyRise() {
        lived.told();
        decider.settleInbox(0, 7);
        decider.settleInbox(5, 7);
        decider.settleInbox(5, 7);
        decider.settleInbox(4, 7);
        decider.publishedEnds(0);
        assertThat(lived.told()).containsExactly("inboxSettled(5, 7)");
        lived.succeed(lived.lease("a"));
        lived.told();
        decider.publishedEnds(1);
        decider.publishedEnds(1);
        assertThat(lived.told()).containsExactly("endsPublished(1)");
    }

    @Test
    void aReleasedShardIsGivenUpUntilItIsClaimed() {
        decider.release();
        assertThat(lived.state().isReleased()).isTrue();
        lived.claimedBy("two", 2);
        assertThat(lived.state().isReleased()).isFalse();
    }

    @Test
    void aPolicyThatAllowsNothingIsRefused() {
        assertThatThrownBy(() -> new Policy(0, 1, 1, 10_000)).hasMessage("maxExpiries: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new Policy(1, 0, 1, 10_000)).hasMessage("maxTasks: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new Policy(1, 1, -1, 10_000)).hasMessage("maxBytes: -1 (expected: at least 1)");
    }

    @Test
    void delaysCountFromTheTimeTheyAreToldToCountFrom() {
        decider.submit(new Submission(Tasks.plain("put off"), 250), lived.nowMs(), lived.nowMs() + 9_000);

        assertThat(lived.state().byId("put off").notBeforeMs()).isEqualTo(lived.nowMs() + 9_250);
    }
}

package io.leasehold.core.decide;

import static io.leasehold.core.decide.Report.Answer.ENDED;
import static io.leasehold.core.decide.Report.Answer.LOST;
import static io.leasehold.core.decide.Report.Answer.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.TaskState;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final byte[] NONE = {};

    private final Lived lived = new Lived();

    private static Report failure(boolean retryable, long retryAfterMs) {
        return new Report(Outcome.FAILURE, NONE, "boom", retryable, retryAfterMs);
    }

    private EndCause cause(String id) {
        End end = lived.entry(id).end();
        return end == null ? null : end.cause();
    }

    @Test
    void aSuccessIsAnsweredTheSameWhenRepeated() {
        long fence = lived.lease("a");
        assertThat(lived.succeed(fence)).isEqualTo(OK);
        lived.told();
        assertThat(lived.succeed(fence)).isEqualTo(OK);
        assertThat(lived.told()).isEmpty();
        assertThat(lived.entry("a").end()).returns(1L, End::number).returns(false, End::late);
    }

    @Test
    void aFailureIsAnsweredTheSameWhenRepeatedThoughTheTaskWasLeasedAgain() {
        lived.accept(Tasks.id("a").backoff(0, 1, 0).task());
        long first = lived.leaseNext();
        assertThat(lived.fail(first)).isEqualTo(OK);
        long second = lived.leaseNext();
        lived.told();
        assertThat(lived.fail(first)).isEqualTo(OK);
        assertThat(lived.told()).isEmpty();
        assertThat(lived.succeed(second)).isEqualTo(OK);
        assertThat(lived.fail(first)).isEqualTo(LOST);
    }

    @Test
    void anotherReportThanTheOneThatCountedIsNotTakenForIt() {
        lived.accept(Tasks.id("a").backoff(0, 1, 0).task());
        long failed = lived.leaseNext();
        lived.fail(failed);
        assertThat(lived.succeed(failed)).isEqualTo(LOST);
        long succeeded = lived.leaseNext();
        lived.succeed(succeeded);
        assertThat(lived.fail(succeeded)).isEqualTo(ENDED);
        assertThat(lived.succeed(succeeded)).isEqualTo(OK);
    }

    @Test
    void whoeverLostTheLeaseIsToldSo() {
        long first = lived.lease("a");
        lived.expire("a");
        assertThat(lived.fail(first)).isEqualTo(LOST);
        assertThat(lived.release(first)).isEqualTo(LOST);
        lived.leaseNext();
        assertThat(lived.succeed(first)).isEqualTo(LOST);
        assertThat(lived.succeed(12_345)).isEqualTo(LOST);
        assertThat(lived.succeed(0)).isEqualTo(LOST);
        assertThat(lived.succeed(-1)).isEqualTo(LOST);
    }

    @Test
    void aLateSuccessOfALeaseThatNobodyTookOverCounts() {
        long fence = lived.lease("a");
        lived.expire("a");
        assertThat(lived.succeed(fence)).isEqualTo(OK);
        assertThat(cause("a")).isEqualTo(EndCause.SUCCEEDED);
    }

    @Test
    void whatEndedOtherwiseIsEnded() {
        long cancelled = lived.lease("a");
        lived.decider().cancel(lived.entry("a"), lived.nowMs());
        assertThat(lived.succeed(cancelled)).isEqualTo(ENDED);
        assertThat(lived.fail(cancelled)).isEqualTo(ENDED);
        assertThat(cause("a")).isEqualTo(EndCause.CANCELLED);
    }

    @Test
    void aRunningLeaseMayFinishAfterItsDeadline() {
        lived.accept(Tasks.id("a").deadline(lived.nowMs() + 10).task());
        lived.accept(Tasks.id("b").deadline(lived.nowMs() + 11).task());
        long a = lived.leaseNext();
        long b = lived.leaseNext();
        lived.turn(11);
        assertThat(lived.decider().expireNext(lived.nowMs())).isFalse();
        lived.succeed(a);
        lived.succeed(b);
        assertThat(lived.entry("a").end().late()).isTrue();
        assertThat(lived.entry("b").end().late()).isFalse();
    }

    @Test
    void failuresEndATaskAtItsMostAttempts() {
        lived.accept(Tasks.id("a").maxAttempts(3).backoff(0, 1, 0).task());
        for (int failures = 1; failures <= 3; failures++) {
            assertThat(cause("a")).isNull();
            lived.release(lived.leaseNext());
            if (failures < 3) {
                lived.leaseNext();
                lived.expire("a");
            }
            lived.fail(lived.leaseNext());
            assertThat(lived.entry("a").failures()).isEqualTo(failures);
        }
        assertThat(cause("a")).isEqualTo(EndCause.ATTEMPTS_EXHAUSTED);
        assertThat(lived.entry("a")).returns(2, TaskEntry::expiries).returns("boom", TaskEntry::lastError);
    }

    @Test
    void aFailureThatMayNotBeRetriedEndsAtOnce() {
        lived.report(lived.lease("a"), failure(false, 5));
        assertThat(cause("a")).isEqualTo(EndCause.NOT_RETRYABLE);
        assertThat(lived.state().deadAfter(0)).containsExactly(lived.entry("a"));
        assertThat(lived.state().nextStartMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theWorkersWaitGoesBeforeTheBackoff() {
        lived.report(lived.lease("a"), failure(true, 123));
        assertThat(lived.entry("a"))
                .returns(lived.nowMs() + 123, TaskEntry::notBeforeMs)
                .returns(TaskState.DELAYED, TaskEntry::state);
        lived.report(lived.lease("b"), failure(true, 0));
        assertThat(lived.entry("b").state()).isEqualTo(TaskState.READY);
    }

    @Test
    void aWaitBeyondTheEndOfTimeNeverStartsATask() {
        lived.report(lived.lease("a"), failure(true, Long.MAX_VALUE));
        lived.report(lived.lease("b"), new Report(Outcome.RELEASE, NONE, null, true, Long.MAX_VALUE));
        assertThat(lived.entry("a").state()).isEqualTo(TaskState.DELAYED);
        assertThat(lived.entry("b").state()).isEqualTo(TaskState.DELAYED);
    }

    @Test
    void theBackoffLiesBetweenHalfAndAllOfItsCeiling() {
        Random random = new Random(Seeds.one());
        long least = Long.MAX_VALUE;
        long most = 0;
        Lived jittered = new Lived(Policy.DEFAULT, bound -> random.nextLong(bound + 1));
        for (int i = 0; i < 2_000; i++) {
            jittered.accept(Tasks.id("t" + i).backoff(1_000, 3, 2_500).task());
            jittered.fail(jittered.leaseNext());
            long wait = jittered.entry("t" + i).notBeforeMs() - jittered.nowMs();
            least = Math.min(least, wait);
            most = Math.max(most, wait);
        }
        assertThat(least).isBetween(500L, 510L);
        assertThat(most).isBetween(990L, 1_000L);
    }

    @Test
    void theBackoffGrowsWithTheFailuresAlone() {
        lived.accept(Tasks.id("a").backoff(1_000, 3, 5_000).task());
        for (long waitMs : new long[] {1_000, 3_000, 5_000, 5_000}) {
            lived.release(lived.leaseNext());
            lived.fail(lived.leaseNext());
            assertThat(lived.entry("a").notBeforeMs() - lived.nowMs()).isEqualTo(waitMs);
            lived.turn(waitMs);
        }
    }

    @Test
    void aRetryThatWouldComeAfterTheDeadlineEndsTheTask() {
        lived.accept(
                Tasks.id("a").backoff(100, 1, 100).deadline(lived.nowMs() + 99).task());
        lived.accept(
                Tasks.id("b").backoff(100, 1, 100).deadline(lived.nowMs() + 100).task());
        lived.fail(lived.leaseNext());
        lived.fail(lived.leaseNext());
        assertThat(cause("a")).isEqualTo(EndCause.DEADLINE_PASSED);
        assertThat(cause("b")).isNull();
        lived.turn(100);
        assertThat(lived.grant(1, "default")).hasSize(1);
    }

    @Test
    void aReturnThatWouldComeAfterTheDeadlineEndsTheTask() {
        lived.accept(Tasks.id("a").deadline(lived.nowMs() + 10).task());
        lived.report(lived.leaseNext(), new Report(Outcome.RELEASE, NONE, null, true, 11));
        assertThat(cause("a")).isEqualTo(EndCause.DEADLINE_PASSED);
    }

    @Test
    void theLastFailureEndsDeadThoughItsDeadlineHasPassed() {
        lived.accept(Tasks.id("a").maxAttempts(1).deadline(lived.nowMs()).task());
        long fence = lived.leaseNext();
        lived.turn(1);
        lived.fail(fence);
        assertThat(cause("a")).isEqualTo(EndCause.ATTEMPTS_EXHAUSTED);
    }

    @Test
    void aReleaseDoesNotCount() {
        lived.accept(Tasks.id("a").maxAttempts(1).task());
        for (int i = 0; i < 20; i++) {
            assertThat(lived.release(lived.leaseNext())).isEqualTo(OK);
        }
        assertThat(lived.entry("a"))
                .returns(0, TaskEntry::failures)
                .returns(0, TaskEntry::expiries)
                .returns(20, TaskEntry::attempt)
                .returns(TaskState.READY, TaskEntry::state);
    }

    @Test
    void theLastErrorIsThatOfTheLastFailure() {
        lived.report(lived.lease("a"), failure(true, 0));
        assertThat(lived.entry("a").lastError()).isEqualTo("boom");
        lived.report(lived.leaseNext(), new Report(Outcome.FAILURE, NONE, null, true, 0));
        assertThat(lived.entry("a").lastError()).isNull();
    }

    @Test
    void anErrorThatTheLogCannotHoldIsKeptAsTheLogGivesItBack() {
        lived.report(lived.lease("a"), new Report(Outcome.FAILURE, NONE, "half \ud83d", true, -1));
        assertThat(lived.entry("a").lastError()).isEqualTo("half ?");
    }
}

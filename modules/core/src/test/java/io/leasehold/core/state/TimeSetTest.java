package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.TaskState;
import org.junit.jupiter.api.Test;

/** A clock was a day ahead, was believed, and is right again. */
class TimeSetTest {
    private static final long DAY_MS = 86_400_000;

    private final Lived lived = new Lived();

    private TaskState state(String id) {
        return lived.entry(id).state();
    }

    private void failed(String id, long retryAfterMs) {
        long fence = lived.lease(id);
        lived.report(fence, new Report(Outcome.FAILURE, new byte[0], "boom", true, retryAfterMs));
    }

    @Test
    void shardTimeGoesOnFromThere() {
        lived.turn(DAY_MS);
        lived.clockGoesBack(DAY_MS);

        assertThat(lived.state().nowMs()).isEqualTo(lived.nowMs());
        lived.turn(1_000);
        assertThat(lived.state().nowMs()).isEqualTo(Lived.START_MS + 1_000);
    }

    @Test
    void aStartThatWasAskedForIsWaitedForAgain() {
        lived.accept(Tasks.id("later").notBefore(lived.nowMs() + 10_000).task());
        lived.turn(DAY_MS);
        assertThat(state("later")).isEqualTo(TaskState.READY);

        lived.clockGoesBack(DAY_MS);

        assertThat(state("later")).isEqualTo(TaskState.DELAYED);
        assertThat(lived.grant(1, "default")).isEmpty();
        lived.turn(10_000);
        assertThat(lived.grant(1, "default")).hasSize(1);
    }

    @Test
    void aRetryKeepsWhatItStillHadToWait() {
        lived.turn(DAY_MS);
        failed("retried", 5_000);
        lived.turn(2_000);

        lived.clockGoesBack(DAY_MS);

        assertThat(lived.entry("retried").notBeforeMs()).isEqualTo(lived.nowMs() + 3_000);
        lived.turn(3_000);
        assertThat(state("retried")).isEqualTo(TaskState.READY);
    }

    @Test
    void aRetryThatHadBecomeDueStaysDue() {
        lived.turn(DAY_MS);
        failed("retried", 5_000);
        lived.turn(6_000);

        lived.clockGoesBack(DAY_MS);

        assertThat(state("retried")).isEqualTo(TaskState.READY);
    }

    @Test
    void aRetryThatRunsAndRunsOutIsDueAtOnce() {
        lived.turn(DAY_MS);
        failed("retried", 5_000);
        lived.turn(6_000);
        lived.leaseNext();

        lived.clockGoesBack(DAY_MS);
        lived.expire("retried");

        assertThat(state("retried")).isEqualTo(TaskState.READY);
    }

    @Test
    void aStartFarAheadStaysHoweverOftenTimeIsTakenBack() {
        long startMs = lived.nowMs() + 10 * DAY_MS;
        lived.accept(Tasks.id("far").notBefore(startMs).task());
        lived.turn(20 * DAY_MS);
        lived.leaseNext();
        lived.expire("far");
        lived.clockGoesBack(20 * DAY_MS);
        lived.turn(DAY_MS);
        lived.clockGoesBack(DAY_MS);

        assertThat(lived.entry("far").notBeforeMs()).isEqualTo(startMs);
        assertThat(state("far")).isEqualTo(TaskState.DELAYED);
    }

    @Test
    void fencesRiseOn() {
        lived.turn(DAY_MS);
        long before = lived.lease("a");

        lived.clockGoesBack(DAY_MS);

        assertThat(lived.lease("b")).isGreaterThan(before);
    }

    @Test
    void aDeadlinePassesInRightTime() {
        lived.turn(DAY_MS);
        lived.clockGoesBack(DAY_MS);
        lived.accept(Tasks.id("due").deadline(lived.nowMs() + 3_600_000).task());

        assertThat(lived.decider().expireNext(lived.state().nowMs())).isFalse();
        assertThat(lived.grant(1, "default")).hasSize(1);
    }

    @Test
    void aClaimThatWasMadeBeforeDoesNotTakeTimeForwardAgain() {
        lived.turn(DAY_MS);
        ShardState state = lived.state();
        long falseMs = state.nowMs();
        lived.clockGoesBack(DAY_MS);

        assertThat(new Fold(state).begin(new TurnHeader(state.epoch() + 1, 9, 0, falseMs, 0)))
                .isTrue();

        assertThat(state.nowMs()).isEqualTo(lived.nowMs());
    }

    @Test
    void belowVersion3TimeIsNotTakenBack() {
        Lived older = new Lived(Policy.DEFAULT, bound -> 0, 2);
        older.turn(DAY_MS);
        long before = older.state().nowMs();

        older.fact().timeSet(before - DAY_MS);

        assertThat(older.state().nowMs()).isEqualTo(before);
    }
}

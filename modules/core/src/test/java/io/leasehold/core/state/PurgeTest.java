package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Report.Answer;
import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a dead letter that is purged gives up, and what is kept of it. */
class PurgeTest {
    private static final Report POISON = new Report(Outcome.FAILURE, new byte[0], "no", false, -1);

    private final Lived lived = new Lived();
    private final ShardState state = lived.state();

    @AfterEach
    void everythingAddsUp() {
        Recount.check(state);
    }

    private boolean purge(String id) {
        return lived.decider().purge(lived.entry(id));
    }

    @Test
    void onlyDeadLettersArePurgedAndOnce() {
        lived.lease("leased");
        lived.succeed(lived.lease("done"));
        lived.die("dead");
        lived.told();

        assertThat(purge("leased")).isFalse();
        assertThat(purge("done")).isFalse();
        assertThat(purge("dead")).isTrue();
        assertThat(purge("dead")).isFalse();

        assertThat(lived.told()).containsExactly("purged(3)");
    }

    @Test
    void purgedDeadLetterKeepsItsEndAndLosesItsPayload() {
        lived.die("a");
        End end = lived.entry("a").end();

        purge("a");

        TaskEntry entry = lived.entry("a");
        assertThat(entry.state()).isEqualTo(TaskState.DEAD);
        assertThat(entry.task().payload()).isEmpty();
        assertThat(entry.end())
                .returns(true, End::purged)
                .returns(end.number(), End::number)
                .returns(EndCause.NOT_RETRYABLE, End::cause)
                .returns(end.endedMs(), End::endedMs);
        assertThat(state.lastEnd()).isEqualTo(1);
    }

    @Test
    void endThatWasNotPublicIsStillToBeTold() {
        lived.die("a");
        lived.die("b");

        purge("a");

        assertThat(state.unpublished()).extracting(each -> each.end().number()).containsExactly(1L, 2L);
        lived.fact().endsPublished(2);
        assertThat(state.unpublished()).isEmpty();
        assertThat(lived.entry("a").end().purged()).isTrue();
    }

    @Test
    void endThatWasPublicIsNotToldAgain() {
        lived.die("a");
        lived.fact().endsPublished(1);

        purge("a");

        assertThat(state.unpublished()).isEmpty();
        assertThat(state.lastEnd()).isEqualTo(1);
    }

    @Test
    void purgedDeadLetterIsNeitherListedNorCountedNorRedriven() {
        lived.die("a");
        lived.fact().endsPublished(1);
        assertThat(state.queue("default").count(TaskState.DEAD, PriorityBand.of(0)))
                .isEqualTo(1);

        purge("a");

        assertThat(state.deadAfter(0)).isEmpty();
        assertThat(state.queue("default").count(TaskState.DEAD, PriorityBand.of(0)))
                .isZero();
        assertThat(state.ends()).isEqualTo(1);
        assertThat(lived.decider().redrive(lived.entry("a"), lived.nowMs())).isFalse();
        lived.fact().redriven(1, 2, lived.nowMs(), Task.NO_DEADLINE);
        assertThat(lived.entry("a").end().purged()).isTrue();
    }

    @Test
    void idOfAPurgedDeadLetterIsKnownAndItsReportsAreAnsweredAsBefore() {
        long fence = lived.lease("a");
        lived.report(fence, POISON);
        lived.fact().endsPublished(1);

        purge("a");

        assertThat(lived.accept(Tasks.plain("a"))).isEqualTo(Accepted.DUPLICATE);
        assertThat(lived.report(fence, POISON)).isEqualTo(Answer.OK);
        assertThat(lived.succeed(fence)).isEqualTo(Answer.ENDED);
        assertThat(lived.decider().cancel(lived.entry("a"), lived.nowMs())).isFalse();
    }

    @Test
    void purgedDeadLetterIsForgottenAsOtherEndsAreAndNoSooner() {
        lived.die("a");
        lived.fact().endsPublished(1);
        purge("a");
        long endedMs = lived.entry("a").end().endedMs();

        trim(endedMs);
        assertThat(lived.entry("a")).isNotNull();

        trim(endedMs + 1);
        assertThat(lived.entry("a")).isNull();
        assertThat(lived.accept(Tasks.plain("a"))).isEqualTo(Accepted.NEW);
    }

    private int trim(long forgetEndedBefore) {
        lived.turn(1);
        int base = lived.offset();
        lived.decider().base();
        state.tasks().stream()
                .filter(entry -> !entry.isForgettable(state.publishedEnd(), forgetEndedBefore, 0))
                .forEach(lived.decider()::carry);
        lived.turn(1);
        assertThat(lived.decider().trim(base, forgetEndedBefore, 0)).isTrue();
        return base;
    }

    @Test
    void copyThatReadsFromABaseHoldsThePurgedAsTheOwnerDoes() {
        for (String id : List.of("told", "public", "later")) {
            lived.die(id);
        }
        purge("told");
        lived.fact().endsPublished(2);
        purge("public");
        int base = trim(0);
        lived.turn(1);
        purge("later");
        lived.fact().endsPublished(3);
        lived.decider().digest();
        List<byte[]> records = lived.records();

        for (int from : new int[] {0, base}) {
            ShardState copy = new ShardState();
            Replay replay = new Replay(copy);
            int next = from;
            if (from > 0) {
                replay.start(records.get(next++));
            }
            records.subList(next, records.size()).forEach(replay::apply);
            Recount.check(copy);
            assertThat(copy.deadAfter(0)).isEmpty();
            assertThat(copy.byId("told").end().purged()).isTrue();
            assertThat(copy.byId("later").end().purged()).isTrue();
        }
    }

    @Test
    void purgeBetweenABaseAndItsCarryIsHeardByACopyThatStartsThere() {
        lived.die("a");
        lived.fact().endsPublished(1);
        lived.turn(1);
        int base = lived.offset();
        lived.decider().base();
        lived.turn(1);
        purge("a");
        lived.turn(1);
        lived.decider().carry(lived.entry("a"));
        lived.decider().trim(base, 0, 0);
        lived.decider().digest();
        List<byte[]> records = lived.records();

        ShardState copy = new ShardState();
        Replay replay = new Replay(copy);
        replay.start(records.get(base));
        records.subList(base + 1, records.size()).forEach(replay::apply);

        assertThat(copy.byId("a").end().purged()).isTrue();
        Recount.check(copy);
    }

    @Test
    void copiesThatDifferInAPurgeAloneHaveOtherDigests() {
        lived.accept(Tasks.id("a").payload(new byte[0]).task());
        lived.report(lived.leaseNext(), POISON);
        long before = StateDigest.of(state);

        purge("a");

        assertThat(StateDigest.of(state)).isNotEqualTo(before);
    }

    @Test
    void noPurgeIsAllowedBeforeTheShardsVersionKnowsIt() {
        Lived older = new Lived(Policy.DEFAULT, bound -> 0, 2);
        older.die("a");
        older.decider().setTerms(Fold.WITH_PURGES - 1, 5_000);
        assertThat(older.decider().mayPurge()).isFalse();
        older.fact().purged(1);
        assertThat(older.entry("a").end().purged()).isFalse();

        older.decider().setTerms(Fold.WITH_PURGES, 5_000);

        assertThat(older.decider().mayPurge()).isTrue();
        assertThat(older.decider().purge(older.entry("a"))).isTrue();
        assertThat(older.entry("a").end().purged()).isTrue();
        Recount.check(older.state());
    }
}

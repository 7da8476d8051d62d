package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a task keeps and what it leaves behind on its way. */
class FoldLifeTest {
    private final Lived lived = new Lived();
    private final ShardState state = lived.state();

    @AfterEach
    void everythingAddsUp() {
        Recount.check(state);
    }

    @Test
    void aRequeuedTaskKeepsEverythingItWasSubmittedWith() {
        Task task = Tasks.id("a")
                .type("t")
                .priority(4)
                .deadline(lived.nowMs() + 900_000)
                .payload(Tasks.bytes("[1,2]"))
                .backoff(0, 1, 0)
                .task();
        lived.accept(task);
        lived.accept(Tasks.id("b").priority(4).deadline(task.deadlineMs()).task());
        lived.fail(lived.leaseNext());
        assertFirst(task);
        lived.release(lived.leaseNext());
        assertFirst(task);
        lived.leaseNext();
        lived.expire("a");
        assertFirst(task);
        assertThat(lived.entry("a"))
                .returns(3, TaskEntry::attempt)
                .returns(1, TaskEntry::failures)
                .returns(1, TaskEntry::expiries);
    }

    private void assertFirst(Task task) {
        assertThat(state.queue("default").head()).isSameAs(lived.entry("a"));
        assertThat(lived.entry("a")).returns(task, TaskEntry::task).returns(1L, TaskEntry::number);
        assertThat(state.nextDeadline()).isSameAs(lived.entry("a"));
    }

    @Test
    void anUncountedExpiryLeavesNoMark() {
        lived.lease("a");
        lived.fact().leaseExpired(1, lived.entry("a").fence(), false);
        assertThat(lived.entry("a")).returns(0, TaskEntry::expiries).returns(1, TaskEntry::attempt);
    }

    @Test
    void aLateSuccessCountsUnlessTheTaskWasLeasedAgain() {
        long first = lived.lease("a");
        lived.expire("a");
        long second = lived.leaseNext();
        lived.fact().completed(1, first, lived.nowMs(), false, new byte[0]);
        assertThat(lived.entry("a").state()).isEqualTo(TaskState.LEASED);
        lived.expire("a");
        lived.fact().completed(1, second, lived.nowMs(), true, new byte[0]);
        assertThat(lived.entry("a").end())
                .returns(EndCause.SUCCEEDED, End::cause)
                .returns(true, End::late);
    }

    @Test
    void onlyTheLatestFenceAndTheOneReportedLastAreKnown() {
        lived.accept(Tasks.id("a").backoff(0, 1, 0).task());
        long failed = lived.leaseNext();
        lived.fail(failed);
        long lapsed = lived.leaseNext();
        assertThat(known(failed, lapsed)).containsExactly(true, true);
        lived.expire("a");
        assertThat(known(failed, lapsed)).containsExactly(true, true);
        long returned = lived.leaseNext();
        assertThat(known(failed, lapsed, returned)).containsExactly(true, false, true);
        lived.release(returned);
        assertThat(known(failed, lapsed, returned)).containsExactly(false, false, true);
        long last = lived.leaseNext();
        lived.succeed(last);
        assertThat(known(failed, lapsed, returned, last)).containsExactly(false, false, false, true);
    }

    private List<Boolean> known(long... fences) {
        return java.util.Arrays.stream(fences)
                .mapToObj(fence -> state.byFence(fence) == lived.entry("a"))
                .toList();
    }

    @Test
    void fencesThatAreNotPositiveAreUnknown() {
        lived.accept(Tasks.plain("a"));
        assertThat(state.byFence(0)).isNull();
        assertThat(state.byFence(-1)).isNull();
        assertThat(state.byFence(Long.MIN_VALUE)).isNull();
    }

    @Test
    void redriveBeginsANewLife() {
        lived.accept(Tasks.id("a")
                .priority(2)
                .notBefore(lived.nowMs() + 5)
                .deadline(lived.nowMs() + 9)
                .maxAttempts(1)
                .task());
        lived.turn(5);
        long old = lived.leaseNext();
        lived.fail(old);
        TaskEntry dead = lived.entry("a");
        lived.turn(100);
        lived.fact().redriven(1, 2, lived.nowMs(), Task.NO_DEADLINE);
        TaskEntry renewed = lived.entry("a");
        assertThat(renewed.state()).isEqualTo(TaskState.READY);
        assertThat(renewed)
                .returns(0, TaskEntry::attempt)
                .returns(0, TaskEntry::failures)
                .returns(0L, TaskEntry::fence)
                .returns(0L, TaskEntry::reportedFence)
                .returns(null, TaskEntry::lastError);
        assertThat(renewed.acceptedMs()).isEqualTo(lived.nowMs());
        assertThat(renewed.task().payload()).isEqualTo(dead.task().payload());
        assertThat(renewed.task().priority()).isEqualTo(2);
        assertThat(renewed.task().hasDeadline()).isFalse();
        assertThat(state.byNumber(1)).isNull();
        assertThat(state.byFence(old)).isNull();
        assertThat(state.deadAfter(0)).isEmpty();
        assertThat(state.unpublished())
                .as("the first life's end is still to be told")
                .containsExactly(dead);
        assertThat(lived.leaseNext()).isGreaterThan(old);
    }

    @Test
    void onlyDeadLettersKeepTheirPayload() {
        lived.succeed(lived.lease("done"));
        lived.lease("gone");
        lived.decider().cancel(lived.entry("gone"), lived.nowMs());
        lived.die("dead");
        assertThat(lived.entry("done").task().payload()).isEmpty();
        assertThat(lived.entry("gone").task().payload()).isEmpty();
        assertThat(lived.entry("dead").task().payload()).isNotEmpty();
    }

    @Test
    void aLongResultIsDroppedOnceItIsPublic() {
        succeed("fits", 1024);
        succeed("long", 1025);
        long before = state.bytes();
        lived.fact().endsPublished(1);
        assertThat(lived.entry("long").end().result()).hasSize(1025);
        lived.fact().endsPublished(2);
        assertThat(lived.entry("fits").end().result()).hasSize(1024);
        assertThat(lived.entry("long").end()).returns(null, End::result).returns(2L, End::number);
        int freedByPackingTwo = 2 * (130 + 150 - 60 - 50);
        int itsLength = 8;
        assertThat(state.bytes()).isEqualTo(before - 1025 + itsLength - freedByPackingTwo);
    }

    private void succeed(String id, int bytes) {
        lived.report(lived.lease(id), new Report(Outcome.SUCCESS, new byte[bytes], null, true, -1));
    }

    @Test
    void aPollIsRememberedAsLongAsALeaseOfItLives() {
        for (String id : List.of("a", "b", "c")) {
            lived.accept(Tasks.plain(id));
        }
        lived.decider().grant(new Wanted("w", List.of("default"), 3, 1_000, 0, "p"), lived.nowMs());
        assertThat(state.byPoll("w", "p")).extracting(TaskEntry::number).containsExactly(1L, 2L, 3L);
        assertThat(state.byPoll("w", "other")).isEmpty();
        assertThat(state.byPoll("other", "p")).isEmpty();
        lived.succeed(lived.entry("b").fence());
        assertThat(state.byPoll("w", "p")).extracting(TaskEntry::number).containsExactly(1L, 3L);
        lived.expire("a");
        lived.decider().cancel(lived.entry("c"), lived.nowMs());
        assertThat(state.byPoll("w", "p")).isEmpty();
    }

    @Test
    void deadLettersAreListedInTheOrderOfAdmission() {
        for (String id : List.of("a", "b", "c")) {
            lived.die(id);
        }
        assertThat(state.deadAfter(0)).extracting(TaskEntry::number).containsExactly(1L, 2L, 3L);
        assertThat(state.deadAfter(2)).extracting(TaskEntry::number).containsExactly(3L);
    }
}

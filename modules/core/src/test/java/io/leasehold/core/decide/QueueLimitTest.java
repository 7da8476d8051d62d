package io.leasehold.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.task.Task;
import org.junit.jupiter.api.Test;

/** A shard has so many queues at most; what is in one that it has goes on. */
class QueueLimitTest {
    private final Lived lived = new Lived(new Policy(3, 1_000, 1 << 20, 2), bound -> 0);

    private static Task task(String id, String queue) {
        return Tasks.id(id).queue(queue).task();
    }

    private void fillQueues() {
        lived.accept(task("a", "one"));
        lived.accept(task("b", "two"));
        lived.told();
    }

    @Test
    void taskOfOneQueueTooManyIsRefused() {
        fillQueues();

        assertThat(lived.accept(task("c", "three"))).isEqualTo(Accepted.TOO_MANY_QUEUES);

        assertThat(lived.told()).isEmpty();
        assertThat(lived.decider().isFull()).isFalse();
    }

    @Test
    void taskOfKnownQueueGoesOn() {
        fillQueues();

        assertThat(lived.accept(task("c", "two"))).isEqualTo(Accepted.NEW);
        assertThat(lived.accept(task("a", "three"))).isEqualTo(Accepted.DUPLICATE);
        assertThat(lived.decider().isOfQueueTooMany(task("a", "three"))).isFalse();
        assertThat(lived.decider().isOfQueueTooMany(task("d", "three"))).isTrue();
    }

    @Test
    void queueWhoseTasksHaveEndedGivesItsPlaceBack() {
        fillQueues();
        lived.succeed(lived.grant(1, "one").get(0).fence());

        assertThat(lived.accept(task("c", "three"))).isEqualTo(Accepted.NEW);
        assertThat(lived.accept(task("d", "one"))).isEqualTo(Accepted.TOO_MANY_QUEUES);
    }

    @Test
    void deadLetterHoldsItsQueueUntilItIsCancelled() {
        fillQueues();
        long fence = lived.grant(1, "one").get(0).fence();
        lived.report(fence, new Report(Report.Outcome.FAILURE, new byte[0], "no", false, -1));
        assertThat(lived.accept(task("c", "three"))).isEqualTo(Accepted.TOO_MANY_QUEUES);

        assertThat(lived.decider().redrive(lived.entry("a"), lived.nowMs())).isTrue();
        assertThat(lived.accept(task("c", "three"))).isEqualTo(Accepted.TOO_MANY_QUEUES);
        lived.decider().cancel(lived.entry("a"), lived.nowMs());

        assertThat(lived.accept(task("c", "three"))).isEqualTo(Accepted.NEW);
    }

    @Test
    void journalWithMoreQueuesThanMayBeIsReadAndDrained() {
        Lived roomy = new Lived();
        for (int i = 0; i < 5; i++) {
            roomy.accept(task("t" + i, "q" + i));
        }
        ShardState state = new ShardState();
        Replay replay = new Replay(state);
        roomy.records().forEach(replay::apply);
        assertThat(state.heldQueues()).isEqualTo(5);

        Decider strict = new Decider(roomy.state(), roomy.fact(), new Policy(3, 1_000, 1 << 20, 2), bound -> 0);

        assertThat(strict.accept(task("new", "q9"), roomy.nowMs())).isEqualTo(Accepted.TOO_MANY_QUEUES);
        assertThat(strict.accept(task("more", "q4"), roomy.nowMs())).isEqualTo(Accepted.NEW);
        for (int i = 0; i < 4; i++) {
            roomy.succeed(roomy.grant(1, "q" + i).get(0).fence());
        }
        assertThat(strict.accept(task("new", "q9"), roomy.nowMs())).isEqualTo(Accepted.NEW);
    }

    @Test
    void queueTakesMemoryThatIsCounted() {
        lived.accept(task("a", "one"));
        long before = lived.state().bytes();
        lived.accept(task("b", "one"));
        long task = lived.state().bytes() - before;

        lived.accept(task("c", "two"));

        assertThat(lived.state().bytes() - before - task).isGreaterThanOrEqualTo(task + 1_000);
    }
}

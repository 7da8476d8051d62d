package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Task;
import org.junit.jupiter.api.Test;

/** A shard that has as many queues as it may, of two. */
class QueuesTooManyTest {
    private static final ShardOptions OPTIONS = new ShardOptions(
            "a", 1_000, 5_000, 512 * 1024, 20_000, new Policy(3, 1_000, 1 << 20, 2), JournalOptions.DEFAULT);

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard(OPTIONS, clock, logs).owning();

    private static Task task(String id, String queue) {
        byte[] payload = {'1'};
        return new Task(id, queue, null, 0, Task.NO_DEADLINE, 0, payload, 5, 30_000, Backoff.DEFAULT, null);
    }

    private ShardState state() {
        return a.loop.owner().state();
    }

    private double count(String name) {
        return a.meters.get(name).tag("reason", "too-many-queues").counter().count();
    }

    @Test
    void taskOverHttpIsToldSoAndCounted() {
        a.submit(task("t1", "one"), task("t2", "two"));

        assertThat(a.submit(task("t3", "three")).value()).containsExactly(Accepted.TOO_MANY_QUEUES);

        assertThat(count("leasehold.tasks.refused")).isEqualTo(1);
        assertThat(state().has("t3")).isFalse();
    }

    @Test
    void submissionOfTheInboxIsRejectedAndThoseBehindItAreAdmitted() {
        logs.put(task("t1", "one"));
        logs.put(task("t2", "two"));
        logs.put(task("t3", "three"));
        logs.put(task("t4", "two"));
        logs.put(task("t5", "five"));
        logs.put(task("t6", "one"));
        a.live(2_000);

        String why = " too-many-queues: this shard has 2 queues, and may have 2 (expected: a queue that has tasks)";
        assertThat(logs.rejected()).containsExactly("t3" + why, "t5" + why);
        assertThat(state().has("t6")).isTrue();
        assertThat(state().live()).isEqualTo(4);
        assertThat(state().inboxOffset()).isEqualTo(6);
        assertThat(count("leasehold.inbox.rejected")).isEqualTo(2);
    }

    @Test
    void inboxIsNotPassedBeforeTheCopyIsAcknowledged() {
        logs.put(task("t1", "one"));
        logs.put(task("t2", "two"));
        a.live(2_000);
        logs.holdRejected(true);
        logs.put(task("t3", "three"));
        logs.put(task("t4", "two"));
        a.live(3_000);
        assertThat(logs.rejected()).hasSize(1);
        assertThat(state().inboxOffset()).isEqualTo(2);
        assertThat(state().has("t4")).isFalse();

        logs.holdRejected(false);
        a.live(2_000);

        assertThat(state().inboxOffset()).isEqualTo(4);
        assertThat(state().has("t4")).isTrue();
        assertThat(logs.rejected()).hasSize(1);
    }
}

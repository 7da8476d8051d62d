package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.task.Task;
import org.junit.jupiter.api.Test;

/** The end of the inbox is lost, and grows again past the position before the shard's next owner looks. */
class CutOffInboxTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);

    private void cutOffAndGrowAgain() {
        logs.cutInbox(1);
        for (int i = 0; i < 4; i++) {
            logs.put(task("other" + i, 0));
        }
    }

    private void admit(OneShard owner, int tasks) {
        for (int i = 0; i < tasks; i++) {
            logs.put(task("t" + i, 0));
        }
        owner.live(500);
    }

    @Test
    void nextOwnerFindsThatOtherRecordsLieWhereItsPositionIs() {
        OneShard a = new OneShard("a", clock, logs).owning();
        admit(a, 3);
        assertThat(a.loop.owner().state().inboxLeaderEpoch()).isZero();
        a.loop.close();
        a.settle();
        cutOffAndGrowAgain();

        OneShard b = new OneShard("b", clock, logs).owning();
        b.live(1_500);

        assertThat(b.loop.view().problem()).startsWith("inbox position: 3 of leader epoch 0");
        assertThat(b.loop.status()).isEqualTo(ShardStatus.ACTIVE);
        assertThat(b.loop.owner().inboxPassed()).isEqualTo(-1);
        assertThat(b.poll(10).value()).hasSize(3);
    }

    @Test
    void inboxOfWhichNothingIsLostIsReadOnUnderItsNextLeader() {
        OneShard a = new OneShard("a", clock, logs).owning();
        admit(a, 3);
        a.loop.close();
        a.settle();
        logs.cutInbox(3);
        logs.put(task("other", 0));

        OneShard b = new OneShard("b", clock, logs).owning();
        b.live(500);

        assertThat(b.loop.view().problem()).isNull();
        assertThat(b.poll(10).value()).hasSize(4);
        assertThat(b.loop.owner().state().inboxLeaderEpoch()).isEqualTo(1);
    }

    @Test
    void positionWithinABatchHasTheEpochOfTheRecordBeforeIt() {
        OneShard a = new OneShard("a", clock, logs);
        admit(a, 2);
        logs.cutInbox(2);
        for (int i = 0; i < 40; i++) {
            logs.put(large("l" + i));
        }
        a.owning();

        for (int i = 0; i < 60; i++) {
            long position = a.loop.owner().state().inboxOffset();
            assertThat(a.loop.owner().state().inboxLeaderEpoch())
                    .as("at " + position)
                    .isEqualTo(position == 0 ? -1 : position <= 2 ? 0 : 1);
            a.loop.turn();
        }
        assertThat(a.loop.owner().state().inboxOffset()).isEqualTo(42);
    }

    private static Task large(String id) {
        Task small = task(id, 0);
        return new Task(
                id, small.queue(), null, 0, Task.NO_DEADLINE, 0, new byte[100_000], 5, 30_000, small.backoff(), null);
    }
}

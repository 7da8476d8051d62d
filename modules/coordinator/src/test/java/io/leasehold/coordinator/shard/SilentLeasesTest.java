package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.task.TaskState;
import org.junit.jupiter.api.Test;

/** Of leases whose worker was never heard. */
class SilentLeasesTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();

    /** Were a lease that was never heard of not counted, this task would kill workers without end. */
    @Test
    void taskThatKillsEachWorkerBeforeItsFirstHeartbeatEndsDead() {
        a.submit(task("t1", 0));

        for (int kill = 0; kill < 3; kill++) {
            assertThat(a.poll(1).value()).hasSize(1);
            a.live(30_300);
        }

        assertThat(find("t1").state()).isEqualTo(TaskState.DEAD);
        assertThat(find("t1").expiries()).isEqualTo(3);
    }

    private TaskView find(String id) {
        Answered<TaskView> answer = new Answered<>();
        a.desk.find(0, id, answer);
        a.settle();
        return answer.value();
    }
}

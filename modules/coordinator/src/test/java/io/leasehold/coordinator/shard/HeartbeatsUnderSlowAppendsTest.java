package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatsUnderSlowAppendsTest {
    private static final long UNKNOWN_FENCE = 7;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);

    @Test
    void heartbeatIsOkWhileAnAppendIsSlowAndTheNextTurnIsStale() {
        OneShard a = new OneShard("a", clock, logs).owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        logs.hold();
        a.submit(task("t2", 0));
        a.submit(task("t3", 0));
        a.live(2_000);

        Answered<List<Heartbeat>> ok = beat(a, leased.grant().fence());
        Answered<List<Heartbeat>> lost = beat(a, UNKNOWN_FENCE);

        assertThat(ok.value()).containsExactly(new Heartbeat(Heartbeat.Status.OK, 30_000));
        assertThat(lost.isThere()).isFalse();
        logs.deliver();
        a.settle();
        assertThat(lost.value()).extracting(Heartbeat::status).containsExactly(Heartbeat.Status.LOST);
    }

    @Test
    void heartbeatIsOkWhileAnAppendIsSlowAndTheNextTurnIsFull() {
        OneShard a = new OneShard(
                        new ShardOptions("a", 1_000, 5_000, 100, 20_000, Policy.DEFAULT, JournalOptions.DEFAULT),
                        clock,
                        logs)
                .owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        logs.hold();
        for (int i = 2; i < 10; i++) {
            a.submit(task("t" + i, 0));
        }

        Answered<List<Heartbeat>> ok = beat(a, leased.grant().fence());

        assertThat(ok.value()).containsExactly(new Heartbeat(Heartbeat.Status.OK, 30_000));
    }

    @Test
    void heartbeatsKeepALeaseThroughAnAppendThatTakesAsLongAsItLasts() {
        OneShard a = new OneShard("a", clock, logs).owning();
        a.submit(task("t1", 0));
        LeasedTask leased = a.poll(1).value().get(0);
        a.live(27_000);
        logs.hold();
        a.submit(task("t2", 0));
        a.submit(task("t3", 0));
        a.live(2_000);
        beat(a, leased.grant().fence()).value();
        a.live(2_000);
        logs.deliver();
        a.live(20_000);

        assertThat(a.report(leased, OneShard.success()).value())
                .containsExactly(io.leasehold.core.decide.Report.Answer.OK);
    }

    private static Answered<List<Heartbeat>> beat(OneShard shard, long fence) {
        Answered<List<Heartbeat>> answer = new Answered<>();
        shard.desk.heartbeat(0, List.of(fence), answer);
        shard.settle();
        return answer;
    }
}

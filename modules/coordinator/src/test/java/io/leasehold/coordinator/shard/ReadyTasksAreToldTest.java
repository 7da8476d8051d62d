package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A poll that does not wait is sent only to a shard that has told of something ready. */
class ReadyTasksAreToldTest {
    private static final long UNKNOWN_FENCE = 7;
    private static final ShardOptions MANY_QUEUES = new ShardOptions(
            "a",
            1_000,
            5_000,
            512 * 1024,
            20_000,
            new Policy(3, 1_000_000, 1 << 30, 1_000_000),
            JournalOptions.DEFAULT);

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard(MANY_QUEUES, clock, logs).owning();

    @Test
    void taskThatBecomesReadyByItsTimeIsTold() {
        a.submit(task("t1", 0).startingAt(clock.wallMs() + 300));

        a.live(400);

        assertThat(pollWithoutWaiting("default").value()).hasSize(1);
    }

    @Test
    void taskThatBecomesReadyInTheTurnThatALostHeartbeatOpenedIsTold() {
        a.submit(task("t1", 0).startingAt(clock.wallMs() + 300));

        clock.pass(300);
        a.desk.heartbeat(0, List.of(UNKNOWN_FENCE), new Answered<>());
        a.settle();

        assertThat(pollWithoutWaiting("default").value()).hasSize(1);
    }

    @Test
    void turnsTakeNoLongerInAShardOfAHundredThousandQueues() {
        Answered<List<LeasedTask>> parked = new Answered<>();
        a.desk.poll(new Wanted("w", List.of("idle"), 1, 1 << 20, 0, "p"), 0, parked);
        int names = 100_000;
        for (int from = 0; from < names; from += 1_000) {
            Task[] some = new Task[1_000];
            for (int i = 0; i < some.length; i++) {
                some[i] = inQueue("q" + (from + i), Task.NO_DEADLINE, 0);
            }
            a.submit(some);
        }
        int turns = 11;
        for (int i = 0; i < turns; i++) {
            a.submit(inQueue("later" + i, Task.NO_DEADLINE, clock.wallMs() + 1_000 * (i + 1)));
        }
        a.settle();

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] micros = new long[turns];
        for (int i = 0; i < turns; i++) {
            clock.pass(1_000);
            long before = threads.getCurrentThreadCpuTime();
            a.loop.turn();
            micros[i] = (threads.getCurrentThreadCpuTime() - before) / 1_000;
            a.settle();
            assertThat(pollWithoutWaiting("later" + i).value()).as("turn " + i).hasSize(1);
        }

        Arrays.sort(micros);
        // Walking over all of the queues takes some 40 ms, in the fastest turn too.
        assertThat(micros[0])
                .as("microseconds of processor time in the fastest turn")
                .isLessThan(5_000);
        assertThat(parked.isThere()).isFalse();
        a.live(14_000);
        assertThat(a.meters.find("leasehold.queue.length").tag("state", "ready").gauges().stream()
                        .mapToDouble(gauge -> gauge.value())
                        .sum())
                .isEqualTo(names);
    }

    private Answered<List<LeasedTask>> pollWithoutWaiting(String queue) {
        Answered<List<LeasedTask>> answer = new Answered<>();
        PollTicket ticket = a.desk.poll(new Wanted("w", List.of(queue), 1, 1 << 20, 0, null), 0, answer);
        a.desk.timeOut(ticket);
        a.settle();
        return answer;
    }

    private static Task inQueue(String queue, long deadlineMs, long notBeforeMs) {
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        return new Task(
                "of-" + queue, queue, null, 0, deadlineMs, notBeforeMs, payload, 5, 30_000, Backoff.DEFAULT, null);
    }
}

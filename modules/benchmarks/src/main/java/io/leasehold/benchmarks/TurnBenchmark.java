package io.leasehold.benchmarks;

import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.Task;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole shard on the caller's thread, with a log in memory: mailbox, turn, decider, fold, record, gate, answers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TurnBenchmark {
    private static final Report SUCCESS = OneShard.success();

    private static final int LIVES = 20_000;

    /** Tasks a request. */
    @Param({"1", "200"})
    public int tasks;

    private OneShard shard;
    private int next;

    /** A new shard for each call: the log in memory is never deleted. */
    @Setup(Level.Invocation)
    public void own() {
        ManualClock clock = new ManualClock();
        shard = new OneShard("c1", clock, new InMemoryLogs(clock, 1)).owning();
    }

    /** Submitted in one request, leased by one poll, completed by one report. */
    @Benchmark
    @OperationsPerInvocation(LIVES)
    public List<Report.Answer> lives() {
        List<Report.Answer> answers = List.of();
        for (int round = 0; round < LIVES / tasks; round++) {
            answers = round();
        }
        return answers;
    }

    private List<Report.Answer> round() {
        Task[] all = new Task[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = OneShard.task("task-" + next, ShardInMemory.priority(next));
            next++;
        }
        shard.submit(all).value();
        List<LeasedTask> leased = shard.poll(tasks).value();
        Answered<List<Report.Answer>> answer = new Answered<>();
        shard.desk.report(
                0,
                leased.stream()
                        .map(one -> new LeaseReport(one.grant().fence(), SUCCESS))
                        .toList(),
                answer);
        shard.settle();
        return answer.value();
    }
}

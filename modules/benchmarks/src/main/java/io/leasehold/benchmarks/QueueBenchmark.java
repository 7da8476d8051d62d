package io.leasehold.benchmarks;

import io.leasehold.core.decide.Grant;
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

/** A task's whole life in memory, decided and folded, while so many others wait in the heaps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueBenchmark {
    private static final int LIVES = 100_000;
    private static final int BATCH = 200;

    /** How many tasks wait. */
    @Param({"1000", "100000", "1000000"})
    public int tasks;

    private ShardInMemory shard;
    private int next;

    /** Fills a new shard for each call: ends are remembered, so that it grows. */
    @Setup(Level.Invocation)
    public void fill() {
        shard = new ShardInMemory();
        for (next = 0; next < tasks; next++) {
            shard.accept(next);
        }
    }

    /** Accepted with priorities of their own; the most urgent of all are leased and completed, their ends made public. */
    @Benchmark
    @OperationsPerInvocation(LIVES)
    public List<Grant> life() {
        List<Grant> grants = List.of();
        for (int round = 0; round < LIVES / BATCH; round++) {
            for (int i = 0; i < BATCH; i++) {
                shard.accept(next++);
            }
            grants = shard.lease(BATCH);
            shard.complete(grants);
        }
        return grants;
    }
}

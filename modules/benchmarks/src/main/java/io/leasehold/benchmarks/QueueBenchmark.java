package io.leasehold.benchmarks;

import io.leasehold.core.decide.Grant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
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
    /** How many tasks wait. */
    @Param({"1000", "100000", "1000000"})
    public int tasks;

    private ShardInMemory shard;
    private int next;

    /** Fills the heaps. */
    @Setup
    public void fill() {
        shard = new ShardInMemory();
        for (next = 0; next < tasks; next++) {
            shard.accept(next);
        }
    }

    /** Accepted with a priority of its own; the most urgent of all is leased and completed, its end made public. */
    @Benchmark
    public List<Grant> life() {
        shard.accept(next++);
        List<Grant> grants = shard.lease(1);
        shard.complete(grants);
        return grants;
    }
}

package io.leasehold.benchmarks;

import io.leasehold.api.ring.HashRing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The ring of so many coordinators. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RingBenchmark {
    private static final int SHARDS = 64;

    /** How many. */
    @Param({"3", "30"})
    public int coordinators;

    private List<String> members;
    private List<String> shards;
    private HashRing ring;

    /** Names them. */
    @Setup
    public void make() {
        members = IntStream.range(0, coordinators)
                .mapToObj(i -> "coordinator-" + i)
                .toList();
        shards = IntStream.range(0, SHARDS).mapToObj(Integer::toString).toList();
        ring = HashRing.of(members);
    }

    /** From names to a ring. */
    @Benchmark
    public HashRing build() {
        return HashRing.of(members);
    }

    /** Where a worker goes first, and then. */
    @Benchmark
    public List<String> order() {
        return ring.order("worker-17");
    }

    /** Which coordinator has which of 64 shards. */
    @Benchmark
    public Map<String, String> assign() {
        return ring.assign(shards, HashRing.LOAD_FACTOR);
    }
}

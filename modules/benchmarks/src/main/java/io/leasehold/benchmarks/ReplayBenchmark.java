package io.leasehold.benchmarks;

import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
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

/** A journal in memory is folded from its beginning, as after a restart: once for each call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReplayBenchmark {
    private static final int TURN = 200;

    /** How many tasks the journal tells of. */
    @Param({"10000", "1000000"})
    public int tasks;

    /** All live, or all completed. */
    @Param({"live", "ended"})
    public String are;

    private List<byte[]> records;

    /** Writes the journal. */
    @Setup
    public void write() {
        ShardInMemory shard = ShardInMemory.written();
        for (int i = 0; i < tasks; i++) {
            shard.accept(i);
            if (i % TURN == TURN - 1) {
                shard.turn();
                if ("ended".equals(are)) {
                    shard.complete(shard.lease(TURN));
                    shard.turn();
                }
            }
        }
        shard.turn();
        records = shard.records();
    }

    /** The whole journal. */
    @Benchmark
    public long replay() {
        ShardState state = new ShardState();
        Replay replay = new Replay(state);
        records.forEach(replay::apply);
        return state.live();
    }
}

package io.leasehold.benchmarks;

import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.Task;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A turn's record of so many tasks, each accepted, leased and completed in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecordBenchmark {
    private static final TurnHeader HEADER = new TurnHeader(1, 1, 1, 1_800_000_000_000L, 0);

    /** How many tasks. */
    @Param({"1", "200"})
    public int tasks;

    private final TurnWriter writer = new TurnWriter();
    private Task[] all;
    private byte[] record;

    /** Makes tasks and a record of them. */
    @Setup
    public void make() {
        all = new Task[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = Tasks.id("task-" + i)
                    .payload(new byte[ShardInMemory.PAYLOAD_BYTES])
                    .task();
        }
        record = write();
    }

    /** From facts to bytes. */
    @Benchmark
    public byte[] write() {
        writer.begin(HEADER);
        for (int i = 0; i < tasks; i++) {
            writer.accepted(i + 1, all[i], HEADER.nowMs());
            writer.leased(i + 1, i + 1, all[i].leaseMs(), "worker", "poll");
            writer.completed(i + 1, i + 1, HEADER.nowMs(), false, new byte[0]);
        }
        return writer.toRecord();
    }

    /** From bytes to facts, and those to bytes again. */
    @Benchmark
    public byte[] readAndWrite() {
        TurnReader reader = new TurnReader();
        writer.begin(reader.header(record));
        reader.events(writer);
        return writer.toRecord();
    }
}

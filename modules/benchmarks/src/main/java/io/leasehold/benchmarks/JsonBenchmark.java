package io.leasehold.benchmarks;

import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.InvalidTask;
import io.leasehold.api.Json;
import io.leasehold.api.Outcome;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.Task;
import io.leasehold.api.TaskReader;
import io.leasehold.api.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/** The bodies of requests and answers, with so many tasks in each; submissions one by one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonBenchmark {
    private static final int MOST_TASK_BYTES = 100_000;
    private static final int FILLER = 98;

    /** How many tasks. */
    @Param({"1", "200"})
    public int tasks;

    private final String payload = "\"" + "x".repeat(FILLER) + "\"";
    private PollAnswer answer;
    private byte[] answerBytes;
    private ReportRequest reports;
    private byte[] taskBytes;

    /** Makes one body of each kind. */
    @Setup
    public void make() throws InvalidTask {
        List<Grant> grants = new ArrayList<>();
        List<ReportRequest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            String lease = "k1.3." + i + ".0123456789abcdef0123456789abcdef";
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            grants.add(new Grant(
                    new GrantedTask("task-" + i, "default", null, 5, null, 5, bytes, null), lease, i, 1, 30_000, 0));
            entries.add(new ReportRequest.Entry(lease, Outcome.SUCCESS, null, null, null, null));
        }
        answer = new PollAnswer(grants, null, null);
        answerBytes = PollAnswers.write(answer);
        reports = new ReportRequest("worker", entries);
        taskBytes = writeTask();
    }

    /** What a coordinator answers to a poll. */
    @Benchmark
    public byte[] writePollAnswer() {
        return PollAnswers.write(answer);
    }

    /** What a worker reads of it. */
    @Benchmark
    public PollAnswer readPollAnswer() {
        return PollAnswers.read(answerBytes);
    }

    /** What a worker reports. */
    @Benchmark
    public byte[] writeReports() {
        return Json.write(reports);
    }

    /** A submission, as the Java clients write it: checked by reading it back. */
    @Benchmark
    public byte[] writeTask() throws InvalidTask {
        return Task.of("default", RawJson.of(payload))
                .id("task-1")
                .priority(5)
                .toJson(PayloadCodec.jackson(), MOST_TASK_BYTES);
    }

    /** A submission, as a coordinator reads it. */
    @Benchmark
    public TaskSpec readTask() throws InvalidTask {
        return new TaskReader(MOST_TASK_BYTES).read(taskBytes);
    }
}

package io.leasehold.cli.bench.table;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold bench table}. */
@Command(
        name = "table",
        description = {
            "Print as a Markdown table what scripts/performance has measured: Leasehold's figures, those of the others, and "
                    + "how many times theirs ours are, run by run, each as median (lowest to highest)."
        },
        footer = {"%nExamples:", "  scripts/performance /tmp/figures && leasehold bench table /tmp/figures"})
public final class TableCommand implements Callable<Integer> {
    private static final String RATE = "tasks_per_second";
    private static final String CPU = "cpu_us_per_task";
    private static final String COORDINATOR = "cores.coordinator c1";
    private static final String COMPILERS = "jit_cores.coordinator c1";
    private static final String BEYOND = "journal_records_beyond_ticks";
    private static final double PERCENT = 100;
    private static final double GIB = 1.0 / (1 << 30);

    /** As scripts/performance names its rows. */
    private static final List<Line> LINES = List.of(
            new Line("drain, batched: tasks/s", "batched", "drain.", RATE),
            new Line("submit and drain together, batched: tasks/s", "batched", "mix.", RATE),
            new Line("submit over HTTP, batched: tasks/s", "batched", "submit.", RATE),
            new Line("CPU per task, all processes, drain: us", "batched", "drain.", CPU),
            new Line("CPU per task, all processes, mix: us", "batched", "mix.", CPU),
            new Line("CPU per task, all processes, submit: us", "batched", "submit.", CPU),
            new Line("drain with an fsync a batch: tasks/s", "fsync", "drain.", RATE),
            new Line("mix with an fsync a batch: tasks/s", "fsync", "mix.", RATE),
            new Line("admitted from the inbox: tasks/s", "submit-kafka", "", RATE),
            new Line("one at a time: tasks/s", "single", "single.", RATE),
            new Line("one at a time, one shard: tasks/s", "single-shards-1", "", RATE),
            new Line("submission to start, p50: ms", "latency", "latency.", "p50_ms"),
            new Line("submission to start, p99: ms", "latency", "latency.", "p99_ms"),
            new Line("order: inversions, % of pairs", "order", "", "inversions", PERCENT),
            new Line("idle, 1,000 parked workers: the coordinator's cores", "idle-1000", "", COORDINATOR),
            new Line("idle, 1,000 parked workers: of that its compilers", "idle-1000", "", COMPILERS),
            new Line("idle, 1,000 parked workers: records beyond ticks", "idle-1000", "", BEYOND),
            new Line("idle, 10,000 parked workers: the coordinator's cores", "idle-10000", "", COORDINATOR),
            new Line("idle, 10,000 parked workers: of that its compilers", "idle-10000", "", COMPILERS),
            new Line("idle, 10,000 parked workers: records beyond ticks", "idle-10000", "", BEYOND),
            new Line("replay of 1 M live tasks: s", "replay", "", "replay_seconds"),
            new Line("memory a queued task, 1 M tasks: B", "backlog-1000000", "", "heap_bytes_per_task"),
            new Line("throughput at 1 M queued over 10,000 queued", "backlog-1000000", "", "many_over_few"),
            new Line("heap in use with 10 M queued: GiB", "backlog-10000000", "", "heap_bytes", GIB),
            new Line("throughput at 10 M queued over 10,000 queued", "backlog-10000000", "", "many_over_few"));

    /** How cost grows: each is a mix. */
    private static final List<String> KINDS = List.of("shards", "workers", "payload", "brokers");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where the documents are.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        Documents documents = Documents.in(directory);
        if (documents.isEmpty()) {
            throw new Failure(directory + ": has no *.json (expected: what scripts/performance writes)");
        }
        PrintWriter out = spec.commandLine().getOut();
        print(out, Line.HEADS);
        print(out, Collections.nCopies(Line.HEADS.size(), "---"));
        LINES.forEach(line -> print(out, line.cells(documents)));
        growth(documents).forEach(line -> print(out, line.cells(documents)));
        out.flush();
        return ExitCodes.DONE;
    }

    private static List<Line> growth(Documents documents) {
        List<Line> lines = new ArrayList<>();
        for (String kind : KINDS) {
            for (int size : documents.sizes(kind)) {
                String name = kind + "-" + size;
                lines.add(new Line("mix, " + kind + " " + size + ": tasks/s", name, "", RATE));
                lines.add(new Line("mix, " + kind + " " + size + ": CPU per task, us", name, "", CPU));
            }
        }
        return lines;
    }

    private static void print(PrintWriter out, List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }
}

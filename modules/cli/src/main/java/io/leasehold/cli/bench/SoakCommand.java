package io.leasehold.cli.bench;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Screen;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench soak}. */
@Command(
        name = "soak",
        description = {
            "Start Kafka, ZooKeeper and one coordinator, a process each, let many tasks pass through while others wait, and "
                    + "measure how long the journal is in the end, and how long a restart takes to replay it.",
            "History is not kept. Exit code 1 if a replay reads more than three times what matters, or if more than half "
                    + "as much was carried as was written otherwise."
        },
        footer = {"%nExamples:", "  leasehold bench soak", "  leasehold bench soak --tasks 200000 --waiting 20000"})
public final class SoakCommand implements Callable<Integer> {
    @Mixin
    private Stage stage;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "5000000",
            description = "That pass through (default: ${DEFAULT-VALUE}).")
    private long tasks;

    @Option(
            names = "--waiting",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "That wait all the time (default: ${DEFAULT-VALUE}).")
    private int waiting;

    @Option(
            names = "--ends",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Ended tasks that each shard remembers (default: ${DEFAULT-VALUE}).")
    private int ends;

    @Option(names = "--shards", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "4g",
            description = "Of the coordinator, as in -Xmx (default: ${DEFAULT-VALUE}).")
    private String heap;

    @Mixin
    private BenchDirectory directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        stage.require("--tasks", tasks, 1, 1_000_000_000);
        stage.require("--waiting", waiting, 1, 50_000_000);
        stage.require("--ends", ends, 0, 50_000_000);
        stage.require("--shards", shards, 1, 256);
        stage.require("--workers", workers, 1, 64);
        SoakFigures figures = run();
        if (stage.output().isJson()) {
            stage.output().json(figures);
        } else {
            stage.output().line("");
            stage.output().line(figures.table().toString());
        }
        return figures.isShort() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private SoakFigures run() throws IOException, InterruptedException {
        Screen screen = stage.screen();
        SoakBench.Plan plan = new SoakBench.Plan(tasks, waiting, shards, workers, ends, heap);
        try (SoakBench bench = new SoakBench(directory.make(), plan, screen)) {
            SoakFigures figures = bench.run();
            screen.done();
            return figures;
        }
    }
}

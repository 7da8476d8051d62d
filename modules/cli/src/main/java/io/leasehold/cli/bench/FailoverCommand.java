package io.leasehold.cli.bench;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench failover}. */
@Command(
        name = "failover",
        description = {
            "Start Kafka, ZooKeeper and coordinators, a process each, fill the queues, and then, again and again, kill or "
                    + "stop the coordinator that owns the most shards and start it anew.",
            "Measured is how long each of its shards grants no task and takes no submission, as seen by probes that ask "
                    + "every few milliseconds. Exit code 1 if a shard stays away or a submission is refused for good."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench failover --kills 3 --stops 3 --tasks 10000",
            "  leasehold bench failover --output json > failover.json"
        })
public final class FailoverCommand implements Callable<Integer> {
    @Mixin
    private Stage stage;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "30",
            description = "Rounds with kill -9 (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--stops",
            paramLabel = "N",
            defaultValue = "30",
            description = "Rounds with SIGTERM (default: ${DEFAULT-VALUE}).")
    private int stops;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Queued on all shards together (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(names = "--coordinators", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int coordinators;

    @Option(names = "--shards", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "2g",
            description = "Of each coordinator, as in -Xmx (default: ${DEFAULT-VALUE}).")
    private String heap;

    @Mixin
    private BenchDirectory directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        stage.require("--kills", kills, 0, 10_000);
        stage.require("--stops", stops, 0, 10_000);
        stage.require("--tasks", tasks, 1, 100_000_000);
        stage.require("--coordinators", coordinators, 2, 32);
        stage.require("--shards", shards, 1, 256);
        FailoverFigures figures = run(directory.make());
        if (stage.output().isJson()) {
            stage.output().json(figures);
        } else {
            stage.output().line("");
            stage.output().line(figures.table().toString());
            stage.output().line("submissions refused for good: " + figures.refusedForGood());
            stage.output()
                    .line(String.format(
                            Locale.ROOT,
                            "machine: %d processors, %.1f processes that wanted one",
                            figures.processors(),
                            figures.load()));
        }
        return figures.isSound() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private FailoverFigures run(Path where) throws IOException, InterruptedException {
        Screen screen = stage.screen();
        FailoverBench.Plan plan = new FailoverBench.Plan(kills, stops, tasks, coordinators, shards, heap);
        try (FailoverBench bench = new FailoverBench(where, plan, screen)) {
            FailoverFigures figures = bench.run();
            screen.done();
            return figures;
        }
    }
}

package io.leasehold.cli.bench.load;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench latency}. */
@Command(
        name = "latency",
        description = {
            "Submit one task at a time at a fixed rate, whatever the answers take, and measure how long after the moment it was due each handler starts: a stall counts for all tasks that it delays.",
            "A tenth of the tasks, at the beginning, are not counted."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench latency --rate 500 --seconds 20 --runs 3",
            "  leasehold bench latency --coordinators 3 --plain-workers --rate 200 --seconds 50"
        })
public final class LatencyCommand extends LoadCommand {
    @Mixin
    private WorkerCount workers;

    @Override
    String mode() {
        return "latency";
    }

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Tasks a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long that is counted (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--plain-workers",
            description =
                    "Workers are plain HTTP clients of the first coordinator alone, as a shell with curl is: its tasks come by hints and forwards from all others.")
    private boolean plain;

    @Override
    void check(Map<String, Object> settings) {
        stage.require("--rate", rate, 1, 100_000);
        stage.require("--seconds", seconds, 1, 3_600);
        workers.check(stage, settings);
        settings.put("plain_workers", plain);
        settings.put("rate", rate);
        settings.put("seconds", seconds);
    }

    @Override
    long mostTasks() {
        return (long) rate * seconds;
    }

    @Override
    int workers() {
        return workers.workers;
    }

    @Override
    int warmUpTasks() {
        return options.warmUpOneByOne();
    }

    @Override
    void warmUp(int tasks) throws Exception {
        pass(tasks, 0);
    }

    @Override
    Figures measure() throws Exception {
        int uncounted = Math.max(1, rate * seconds / 10);
        return pass(rate * seconds + uncounted, uncounted);
    }

    private Figures pass(int tasks, int uncounted) throws Exception {
        if (plain) {
            session().usePlainWorkers();
        }
        Figures figures = phases().latency(session().watch(work(), tasks), rate, uncounted);
        session().requireEmpty();
        return figures;
    }
}

package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench single}. */
@Command(
        name = "single",
        description = {
            "Submit and complete one task at a time: each producer waits for the answer before it submits the next one, each worker has one task, and one poll or report under way."
        },
        footer = {"%nExamples:", "  leasehold bench single --tasks 20000 --runs 3"})
public final class SingleCommand extends LoadCommand {
    @Mixin
    private TaskCount count = new TaskCount(20_000);

    @Mixin
    private WorkerCount workers;

    @Override
    String mode() {
        return "single";
    }

    @Option(
            names = "--blocking-producers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Threads that wait for each answer (default: ${DEFAULT-VALUE}).")
    private int blocking;

    @Override
    void check(Map<String, Object> settings) {
        stage.require("--blocking-producers", blocking, 1, 256);
        settings.put("blocking_producers", blocking);
        count.check(stage, settings);
        workers.check(stage, settings);
    }

    @Override
    long mostTasks() {
        return count.tasks;
    }

    @Override
    int workers() {
        return workers.workers;
    }

    @Override
    int producers() {
        return blocking;
    }

    @Override
    void warmUp(int tasks) throws Exception {
        phases().mix(session().watch(work(), tasks), Style.SINGLE);
    }

    @Override
    Figures measure() throws Exception {
        Figures figures = phases().mix(session().watch(work(), count.tasks), Style.SINGLE);
        session().requireEmpty();
        return figures;
    }
}

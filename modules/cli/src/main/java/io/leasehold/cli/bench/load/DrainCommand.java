package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold bench drain}. */
@Command(
        name = "drain",
        description = {
            "Queue tasks, then let workers take and complete them all: from the first handler's start to the last completion that is acknowledged as durable. Handlers do nothing."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench drain --runs 3",
            "  leasehold bench drain --tasks 1000000 --flush-each-batch --output json > drain.json"
        })
public final class DrainCommand extends LoadCommand {
    @Mixin
    private TaskCount count = new TaskCount(200_000);

    @Mixin
    private WorkerCount workers;

    @Override
    String mode() {
        return "drain";
    }

    @Override
    void check(Map<String, Object> settings) {
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
    Figures measure() throws Exception {
        Watch watch = fill(count.tasks);
        session().awaitLive(count.tasks, "queueing");
        Figures figures = phases().drain(watch, Style.BATCH);
        session().requireEmpty();
        return figures;
    }
}

package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold bench mix}. */
@Command(
        name = "mix",
        description = {
            "Submit tasks over HTTP in batches while workers wait for them: from the first submission to the last completion that is acknowledged as durable."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench mix --runs 3",
            "  leasehold bench mix --payload 10000 --tasks 50000",
            "  leasehold bench mix --coordinators 3 --brokers 3"
        })
public final class MixCommand extends LoadCommand {
    @Mixin
    private TaskCount count = new TaskCount(200_000);

    @Mixin
    private WorkerCount workers;

    @Override
    String mode() {
        return "mix";
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
        Figures figures = phases().mix(session().watch(work(), count.tasks), Style.BATCH);
        session().requireEmpty();
        return figures;
    }
}

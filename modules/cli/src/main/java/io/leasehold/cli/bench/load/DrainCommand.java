package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import picocli.CommandLine.Command;

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
public final class DrainCommand extends CountedLoad {
    DrainCommand() {
        super(200_000);
    }

    @Override
    String mode() {
        return "drain";
    }

    @Override
    Figures pass(int tasks) throws Exception {
        Watch watch = fill(tasks);
        session().awaitLive(tasks, "queueing");
        return phases().drain(watch, Style.BATCH);
    }
}

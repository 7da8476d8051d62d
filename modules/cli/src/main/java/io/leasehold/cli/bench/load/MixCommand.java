package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import picocli.CommandLine.Command;

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
public final class MixCommand extends CountedLoad {
    MixCommand() {
        super(200_000);
    }

    @Override
    String mode() {
        return "mix";
    }

    @Override
    Figures pass(int tasks) throws Exception {
        return phases().mix(session().watch(work(), tasks), Style.BATCH);
    }
}

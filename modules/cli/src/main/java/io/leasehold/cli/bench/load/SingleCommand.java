package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code leasehold bench single}. */
@Command(
        name = "single",
        description = {
            "Submit and complete one task at a time: each producer waits for the answer before it submits the next one, each worker has one task, and one poll or report under way."
        },
        footer = {"%nExamples:", "  leasehold bench single --tasks 20000 --runs 3"})
public final class SingleCommand extends CountedLoad {
    @Option(
            names = "--blocking-producers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Threads that wait for each answer (default: ${DEFAULT-VALUE}).")
    private int blocking;

    SingleCommand() {
        super(20_000);
    }

    @Override
    String mode() {
        return "single";
    }

    @Override
    void check(Map<String, Object> settings) {
        stage.require("--blocking-producers", blocking, 1, 256);
        settings.put("blocking_producers", blocking);
        super.check(settings);
    }

    @Override
    int warmUpTasks() {
        return options.warmUpOneByOne();
    }

    @Override
    int producers() {
        return blocking;
    }

    @Override
    Figures pass(int tasks) throws Exception {
        return phases().mix(session().watch(work(), tasks), Style.SINGLE);
    }
}

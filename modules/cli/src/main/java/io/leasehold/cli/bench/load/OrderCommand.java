package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold bench order}. */
@Command(
        name = "order",
        description = {
            "Queue tasks of mixed priorities, then let one worker take them one after the other, and count the pairs of different priority of which the less urgent one was started first.",
            "0 is strict order, 0.5 is none. Within a shard order is strict; over the shards of a coordinator it is kept by hints."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench order --tasks 20000",
            "  leasehold bench order --shards 16 --coordinators 3"
        })
public final class OrderCommand extends LoadCommand {
    @Mixin
    private TaskCount count = new TaskCount(20_000);

    @Override
    String mode() {
        return "order";
    }

    @Override
    void check(Map<String, Object> settings) {
        count.check(stage, settings);
    }

    @Override
    long mostTasks() {
        return count.tasks;
    }

    @Override
    int workers() {
        return 1;
    }

    @Override
    int warmUpTasks() {
        return options.warmUpOneByOne();
    }

    @Override
    void warmUp(int tasks) throws Exception {
        pass(tasks);
    }

    @Override
    Figures measure() throws Exception {
        return pass(count.tasks);
    }

    private Figures pass(int tasks) throws Exception {
        Watch watch = fill(tasks);
        session().awaitLive(tasks, "queueing");
        Figures figures = phases().drain(watch, Style.SINGLE);
        session().requireEmpty();
        return figures;
    }
}

package io.leasehold.cli.staying;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code leasehold local stop}. */
@Command(
        name = "stop",
        description = {
            "Stop a cluster on this machine in good order: coordinators, Kafka, ZooKeeper. The data stays.",
            "Exit code 1 if a process had to be killed."
        })
final class StopCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private Output output;

    /** What is printed as JSON. */
    record Stopped(boolean wasRunning, List<String> killed) {}

    @Override
    public Integer call() throws IOException {
        StayingCluster cluster = place.cluster();
        boolean running = cluster.isRunning();
        List<String> killed = cluster.stop(news -> {
            if (!output.isJson()) {
                output.line(news);
            }
        });
        if (output.isJson()) {
            output.json(new Stopped(running, killed));
        } else if (!running) {
            output.line("nothing runs in " + cluster.directory());
        }
        return killed.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}

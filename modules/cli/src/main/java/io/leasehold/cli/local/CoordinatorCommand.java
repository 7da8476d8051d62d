package io.leasehold.cli.local;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.Logs;
import io.leasehold.cli.config.ConfigFlags;
import io.leasehold.server.CoordinatorProcess;
import io.leasehold.server.config.CoordinatorConfig;
import io.leasehold.server.config.InvalidConfigException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold coordinator}. */
@Command(
        name = "coordinator",
        description = {
            "Run one coordinator against a Kafka and a ZooKeeper that are there already.",
            "Settings come from --override, then LEASEHOLD_* in the environment (LEASEHOLD_LISTEN_PORT for listen.port), "
                    + "then the file, then the defaults; unknown keys are refused. SIGTERM hands the shards over first."
        },
        footer = {
            "%nExamples:",
            "  leasehold coordinator --config config/coordinator.properties",
            "  leasehold coordinator --config my.properties --override listen.port=8471"
        })
public final class CoordinatorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigFlags flags;

    @Override
    public Integer call() throws Exception {
        Logs.ofService();
        CoordinatorProcess process = CoordinatorProcess.start(config());
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop"));
        spec.commandLine().getOut().println("Coordinator ready at " + process.url());
        spec.commandLine().getOut().flush();
        process.awaitEnd();
        return ExitCodes.FAILED;
    }

    private CoordinatorConfig config() {
        try {
            return flags.sources().read();
        } catch (InvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}

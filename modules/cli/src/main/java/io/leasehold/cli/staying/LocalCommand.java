package io.leasehold.cli.staying;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold local start|stop|scale|rolling-restart}. */
@Command(
        name = "local",
        description = "Run a whole cluster on this machine, a process each, that goes on when this command has ended.",
        subcommands = {StartCommand.class, StopCommand.class, ScaleCommand.class, RollingRestartCommand.class},
        footer = {
            "%nExamples:",
            "  leasehold local start --coordinators 2",
            "  leasehold local scale 3 --execute",
            "  leasehold local rolling-restart --execute",
            "  leasehold local stop"
        })
public final class LocalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: start, stop, scale or rolling-restart?");
    }
}

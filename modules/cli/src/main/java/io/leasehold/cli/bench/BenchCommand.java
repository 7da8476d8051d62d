package io.leasehold.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold bench}. */
@Command(
        name = "bench",
        description = "Measure a real cluster of processes on this machine.",
        subcommands = {FailoverCommand.class, SoakCommand.class})
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Measure what? The list is below.");
    }
}

package io.leasehold.cli.scale;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold coordinators drain|undrain}. */
@Command(
        name = "coordinators",
        description = "Take the shards off a coordinator in good order, or let it have some again.",
        subcommands = {DrainCommand.class, UndrainCommand.class},
        footer = {
            "%nExamples:",
            "  leasehold coordinators drain c3             # says what it would do",
            "  leasehold coordinators drain c3 --execute   # does it, and waits",
            "  leasehold coordinators undrain c3 --execute"
        })
public final class CoordinatorsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the two: drain or undrain?");
    }
}

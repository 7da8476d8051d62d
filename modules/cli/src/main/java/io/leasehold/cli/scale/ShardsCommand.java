package io.leasehold.cli.scale;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold shards grow|move}. */
@Command(
        name = "shards",
        description = "Add shards to a running cluster, or say who is to own one.",
        subcommands = {GrowCommand.class, MoveCommand.class},
        footer = {
            "%nExamples:",
            "  leasehold shards grow 8                    # says what it would do",
            "  leasehold shards grow 8 --execute          # does it",
            "  leasehold shards move 3 --to c2 --execute",
            "  leasehold shards move 3 --to any --execute"
        })
public final class ShardsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the two: grow or move?");
    }
}

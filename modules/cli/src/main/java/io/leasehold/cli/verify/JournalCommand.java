package io.leasehold.cli.verify;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold journal void}. */
@Command(
        name = "journal",
        description = "Step over what somebody else wrote into a shard's journal.",
        subcommands = VoidCommand.class,
        footer = {
            "%nExamples:",
            "  leasehold journal void --shard 3 --offset 1041            # shows what lies there",
            "  leasehold journal void --shard 3 --offset 1041 --execute  # has all readers take it for void"
        })
public final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which one: void?");
    }
}

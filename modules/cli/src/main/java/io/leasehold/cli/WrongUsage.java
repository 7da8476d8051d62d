package io.leasehold.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what is wrong with a command line: in a few lines, for the whole help is one flag away. */
final class WrongUsage {
    private WrongUsage() {}

    static int explain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        if (command.getSubcommands().isEmpty()) {
            err.print(command.getHelp().fullSynopsis());
            err.println("Try '" + command.getCommandSpec().qualifiedName(" ") + " --help'.");
        } else {
            command.usage(err);
        }
        err.flush();
        return ExitCodes.WRONG_USAGE;
    }
}

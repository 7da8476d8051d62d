package io.leasehold.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Says on standard error why a command failed. */
final class Failures {
    private Failures() {}

    static int explain(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName(" ");
        if (e instanceof Failure) {
            err.println(name + ": " + e.getMessage());
        } else {
            err.println(name + ": " + e);
        }
        if (Logs.verbosity() >= 2) {
            e.printStackTrace(err);
        } else if (!(e instanceof Failure)) {
            err.println("Add -vv to see where.");
        }
        err.flush();
        return ExitCodes.FAILED;
    }
}

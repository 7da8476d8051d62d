package io.leasehold.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Says on standard error why a command failed. */
final class Failures {
    private Failures() {}

    static int explain(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName(" ");
        err.println(name + ": " + (isMeantForPeople(e) ? e.getMessage() : e));
        if (Logs.verbosity() >= 2) {
            e.printStackTrace(err);
        } else if (!isMeantForPeople(e)) {
            err.println("Add -vv to see where.");
        }
        err.flush();
        return ExitCodes.FAILED;
    }

    /** Leasehold's own exceptions say what is wrong and what was expected; the names of their classes add nothing. */
    private static boolean isMeantForPeople(Exception e) {
        return e.getMessage() != null && e.getClass().getName().startsWith("io.leasehold.");
    }
}

package io.leasehold.cli.bench;

import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Screen;
import io.leasehold.cli.output.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every bench shares with the person before it: figures on standard output, progress beside them, checked numbers. */
public final class Stage {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private Output output;

    public Output output() {
        return output;
    }

    /** Where progress is shown: not where the figures go, if those are for a program. */
    public Screen screen() {
        boolean live = !output.isJson() && Terminal.isInteractive();
        PrintWriter out = output.isJson()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        return new Screen(out, live);
    }

    public void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw wrong(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }

    /** To be thrown: ends the program with exit code 2. */
    public ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

package io.leasehold.cli.scale;

import io.leasehold.cli.Failure;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Screen;
import io.leasehold.cli.output.Terminal;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all commands of this package have. */
public final class Scaling {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private Output output;

    @Option(names = "--execute", description = "Do it; without this nothing is changed.")
    private boolean execute;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait until it is done (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    public boolean isDryRun() {
        return !execute;
    }

    public Duration patience() {
        if (waitSeconds < 1) {
            throw new Failure("--wait: " + waitSeconds + " (expected: 1 or more)");
        }
        return Duration.ofSeconds(waitSeconds);
    }

    /** Where progress is shown: beside the data, if that is for programs. */
    public Screen screen() {
        return new Screen(
                output.isJson()
                        ? command.commandLine().getErr()
                        : command.commandLine().getOut(),
                !output.isJson() && Terminal.isInteractive());
    }

    /** Prints what a dry run would do. */
    public void plan(Object plan, String text) {
        if (output.isJson()) {
            output.json(plan);
        } else {
            output.line(text + " (dry run; add --execute to do it)");
        }
    }

    /** Prints what was done. */
    public void done(Object outcome, String text, List<ShardMove> moves) {
        if (output.isJson()) {
            output.json(outcome);
            return;
        }
        if (!moves.isEmpty()) {
            output.line("");
            output.line(ShardMove.table(moves).toString());
            output.line("");
        }
        output.line(text);
    }
}

package io.leasehold.cli;

import io.leasehold.cli.bench.BenchCommand;
import io.leasehold.cli.config.ConfigCommand;
import io.leasehold.cli.demo.DemoCommand;
import io.leasehold.cli.doctor.DoctorCommand;
import io.leasehold.cli.local.CoordinatorCommand;
import io.leasehold.cli.local.StandaloneCommand;
import io.leasehold.cli.scale.CoordinatorsCommand;
import io.leasehold.cli.scale.ShardsCommand;
import io.leasehold.cli.scale.TopicsCommand;
import io.leasehold.cli.staying.LocalCommand;
import io.leasehold.cli.submit.SubmitCommand;
import io.leasehold.cli.tasks.ClusterCommand;
import io.leasehold.cli.tasks.DeadCommand;
import io.leasehold.cli.tasks.QueuesCommand;
import io.leasehold.cli.tasks.StatusCommand;
import io.leasehold.cli.tasks.TaskCommand;
import io.leasehold.cli.top.TopCommand;
import io.leasehold.cli.verify.JournalCommand;
import io.leasehold.cli.verify.VerifyCommand;
import io.leasehold.cli.worker.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code leasehold}. */
@Command(
        name = "leasehold",
        description = "A distributed task scheduler for teams that run Kafka.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; standard error says why", "2:wrong usage"},
        subcommands = {
            DemoCommand.class,
            StandaloneCommand.class,
            CoordinatorCommand.class,
            WorkerCommand.class,
            SubmitCommand.class,
            TaskCommand.class,
            QueuesCommand.class,
            DeadCommand.class,
            ClusterCommand.class,
            StatusCommand.class,
            ShardsCommand.class,
            CoordinatorsCommand.class,
            TopicsCommand.class,
            LocalCommand.class,
            VerifyCommand.class,
            JournalCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            TopCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        })
public final class Leasehold implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log more to standard error; -vv still more, with the stack traces of failures.")
    private void verbose(boolean[] times) {
        Logs.verbosity(times.length);
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Leasehold())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> WrongUsage.explain(e))
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.explain(e, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? The list is below.");
    }
}

package io.leasehold.cli.bench;

import io.leasehold.cli.bench.compare.CompareCommand;
import io.leasehold.cli.bench.load.BacklogCommand;
import io.leasehold.cli.bench.load.DrainCommand;
import io.leasehold.cli.bench.load.IdleCommand;
import io.leasehold.cli.bench.load.LatencyCommand;
import io.leasehold.cli.bench.load.MixCommand;
import io.leasehold.cli.bench.load.OrderCommand;
import io.leasehold.cli.bench.load.ReplayCommand;
import io.leasehold.cli.bench.load.SingleCommand;
import io.leasehold.cli.bench.load.SubmitBenchCommand;
import io.leasehold.cli.bench.plot.PlotCommand;
import io.leasehold.cli.bench.table.TableCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold bench}. */
@Command(
        name = "bench",
        description = "Measure a real cluster of processes on this machine.",
        subcommands = {
            SubmitBenchCommand.class,
            DrainCommand.class,
            MixCommand.class,
            SingleCommand.class,
            LatencyCommand.class,
            IdleCommand.class,
            BacklogCommand.class,
            ReplayCommand.class,
            OrderCommand.class,
            CompareCommand.class,
            FailoverCommand.class,
            SoakCommand.class,
            PlotCommand.class,
            TableCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Measure what? The list is below.");
    }
}

package io.leasehold.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.leasehold.chaos.fault.FaultKind;
import io.leasehold.chaos.history.History;
import io.leasehold.chaos.judge.Judge;
import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code chaos}. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Start a real cluster on this machine (brokers, ZooKeeper, three coordinators, workers, a process each), submit "
                    + "tasks through both doors all the time, and meanwhile kill, pause, cut off and starve its processes.",
            "At the end everything is healed and has to end. Then a judge holds all that clients were told against the "
                    + "guarantees, and says how long each kind of fault kept shards from granting."
        },
        footer = {
            "%nExamples:",
            "  scripts/chaos --minutes 2 --seed 7",
            "  scripts/chaos --minutes 30 --brokers 3 --zookeepers 3 --keep",
            "  scripts/chaos --minutes 5 --faults coordinator-kill,kafka-stall --output json",
            "  scripts/chaos --judge /tmp/leasehold-chaos-123/history"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all guarantees held", "1:one was broken, or the run failed", "2:wrong usage"})
public final class ChaosCommand implements Callable<Integer> {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "How long faults go on (default: ${DEFAULT-VALUE}); starting and ending take about 1 more.")
    private double minutes;

    @Option(names = "--seed", description = "Decides tasks and faults; printed (default: another one each time).")
    private Long seed;

    @Option(names = "--brokers", defaultValue = "1", description = "1 or 3 (default: ${DEFAULT-VALUE}).")
    private int brokers;

    @Option(names = "--zookeepers", defaultValue = "1", description = "1 or 3 (default: ${DEFAULT-VALUE}).")
    private int zooKeepers;

    @Option(names = "--workers", defaultValue = "16", description = "In four processes (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--rate", defaultValue = "24", description = "Tasks a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--pace",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Rest between two faults (default: ${DEFAULT-VALUE}).")
    private long paceMs;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "Only these, separated by commas (default: all that can be done here). See --list.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--once",
            description = "Every kind once, one after the other, instead of by chance for some minutes.")
    private boolean once;

    @Option(names = "--list", description = "List the kinds of faults, and do nothing.")
    private boolean list;

    @Option(names = "--keep", description = "Keep the directory with all logs and the history, also if all is well.")
    private boolean keep;

    @Option(
            names = "--judge",
            paramLabel = "DIR",
            description = "Start nothing: judge again the history in this directory, which a run has kept.")
    private Path history;

    public static void main(String[] args) {
        silenceClients();
        System.exit(new CommandLine(new ChaosCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, given) -> {
                    e.getCommandLine().getErr().println(e.getMessage() + "\nTry 'scripts/chaos --help'.");
                    return ExitCodes.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    e.printStackTrace(command.getErr());
                    return ExitCodes.FAILED;
                })
                .execute(args));
    }

    /** Connections that break are what this program is about. */
    static void silenceClients() {
        if (LoggerFactory.getLogger("io.vertx") instanceof Logger vertx) {
            vertx.setLevel(Level.OFF);
        }
        if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger kafka) {
            kafka.setLevel(Level.OFF);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            for (FaultKind kind : FaultKind.values()) {
                output.line(String.format("%-20s %s", kind.word(), kind.what()));
            }
            return ExitCodes.DONE;
        }
        if (history != null) {
            return judgeAgain();
        }
        Path directory = Files.createTempDirectory("leasehold-chaos-");
        ChaosOptions options = options(directory);
        news("seed " + options.seed() + "; logs and history in " + directory);
        Outcome outcome;
        try (ChaosRun run = new ChaosRun(options, directory, this::news)) {
            Thread cleanUp = new Thread(run::close);
            Runtime.getRuntime().addShutdownHook(cleanUp);
            outcome = run.run();
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        }
        if (output.isJson()) {
            output.json(outcome.json());
        } else {
            output.line(outcome.text());
        }
        if (outcome.isGood() && !keep) {
            Scratch.delete(directory);
        } else {
            news("kept " + directory + "; to judge it again: scripts/chaos --judge " + directory.resolve("history"));
        }
        return outcome.isGood() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Integer judgeAgain() throws IOException {
        var verdict = new Judge(io.leasehold.chaos.cluster.ChaosCluster.MAX_EXPIRIES).judge(History.read(history));
        output.json(verdict);
        return verdict.isGood() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private ChaosOptions options(Path directory) throws IOException {
        require("--brokers", brokers, brokers == 1 || brokers == 3, "1 or 3");
        require("--zookeepers", zooKeepers, zooKeepers == 1 || zooKeepers == 3, "1 or 3");
        require("--workers", workers, workers >= 4 && workers <= 400, "4 to 400");
        require("--rate", rate, rate >= 2 && rate <= 1_000, "2 to 1000");
        require("--minutes", minutes, minutes > 0 && minutes <= 24 * 60, "more than 0, at most 1440");
        require("--pace", paceMs, paceMs >= 0 && paceMs <= 600_000, "0 to 600000");
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        return new ChaosOptions(
                chosen,
                minutes,
                brokers,
                zooKeepers,
                workers,
                rate,
                paceMs,
                once,
                Possible.of(wanted(), directory, this::news));
    }

    private List<FaultKind> wanted() {
        try {
            return faults.isEmpty()
                    ? Arrays.asList(FaultKind.values())
                    : faults.stream().map(FaultKind::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--faults: " + e.getMessage().replace("--help", "--list"), e);
        }
    }

    private void news(String text) {
        output.warn(LocalTime.now().format(CLOCK) + " " + text);
    }

    private void require(String name, Object value, boolean holds, String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

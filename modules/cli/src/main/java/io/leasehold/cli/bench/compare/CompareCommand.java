package io.leasehold.cli.bench.compare;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.bench.BenchDirectory;
import io.leasehold.cli.bench.Stage;
import io.leasehold.cli.bench.load.Figures;
import io.leasehold.cli.bench.load.LoadOptions;
import io.leasehold.cli.bench.load.Session;
import io.leasehold.cli.bench.system.BeanstalkdTarget;
import io.leasehold.cli.bench.system.ShareGroupTarget;
import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.output.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench compare}. */
@Command(
        name = "compare",
        description = {
            "Do the same work with Leasehold, with beanstalkd and with a share group of the same Kafka, by turns in one run: the "
                    + "same payloads and priorities, acknowledged submissions and completions, handlers that do nothing.",
            "Absolute figures wander from run to run and from machine to machine; the ratios wander least. CPU is that of all "
                    + "processes together, this one included. beanstalkd has to be installed: "
                    + BeanstalkdTarget.HOW_TO_GET_IT
        },
        footer = {
            "%nExamples:",
            "  leasehold bench compare --runs 3",
            "  leasehold bench compare --phases drain,mix --tasks 500000 --output json > compare.json",
            "  leasehold bench compare --flush-each-batch"
        })
public final class CompareCommand implements Callable<Integer> {
    @Mixin
    private Stage stage;

    @Mixin
    private LoadOptions options;

    @Mixin
    private BenchDirectory directory;

    @Option(
            names = "--phases",
            paramLabel = "PHASE",
            split = ",",
            defaultValue = "submit,drain,mix,single,latency",
            description = "Which (default: ${DEFAULT-VALUE}).")
    private List<Rounds.Phase> phases;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Of each of submit, drain and mix (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--single-tasks",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Of the phase in which one is handed in and taken at a time (default: ${DEFAULT-VALUE}).")
    private int singleTasks;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Tasks a second of the phase latency (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long that takes (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Override
    public Integer call() throws Exception {
        options.check(stage);
        stage.require("--tasks", tasks, 1, 10_000_000);
        stage.require("--single-tasks", singleTasks, 1, 10_000_000);
        stage.require("--rate", rate, 1, 100_000);
        stage.require("--seconds", seconds, 1, 3_600);
        stage.require("--workers", workers, 1, 1_000);
        if (options.verifies()) {
            throw stage.wrong("--verify: set (expected: not set here; drain, mix and the others take it)");
        }
        if (!options.isOwnCluster()) {
            throw stage.wrong(
                    "--url: cannot be given here (expected: none, for all sides are started on this machine)");
        }
        Comparison comparison = compare(stage.screen());
        if (stage.output().isJson()) {
            stage.output().json(comparison);
        } else {
            print(comparison);
        }
        return ExitCodes.DONE;
    }

    private Comparison compare(Screen screen) throws Exception {
        Path where = directory.make();
        Map<String, String> absent = new LinkedHashMap<>();
        Optional<BeanstalkdTarget> beanstalkd = BeanstalkdTarget.start(where, options.flushesEachBatch());
        if (beanstalkd.isEmpty()) {
            absent.put("beanstalkd", BeanstalkdTarget.HOW_TO_GET_IT);
            screen.news("beanstalkd is not on this machine (to get it: " + BeanstalkdTarget.HOW_TO_GET_IT
                    + "); going on without");
        }
        try (Session session = Session.open(options, tasks + (long) options.warmUp(), where, screen);
                Target shareGroup = shareGroup(session)) {
            List<Target> targets = new ArrayList<>(List.of(session.target()));
            beanstalkd.ifPresent(targets::add);
            targets.add(shareGroup);
            Map<String, List<Figures>> runs = new LinkedHashMap<>();
            Rounds rounds = new Rounds(options.work(), workers, options.producers(), phases, session::show);
            Rounds.Size size = new Rounds.Size(tasks, singleTasks, rate, seconds);
            for (Target target : targets) {
                rounds.warmUp(target, options.warmUp(), options.warmUpOneByOne(), rate);
                screen.news(target.name() + " is warm");
            }
            for (int run = 1; run <= options.runs(); run++) {
                for (Target target : targets) {
                    Figures figures = rounds.round(target, size);
                    runs.computeIfAbsent(target.name(), any -> new ArrayList<>())
                            .add(figures);
                    screen.news("run " + run + " of " + options.runs() + ": " + target.name() + " is done");
                }
            }
            screen.done();
            Map<String, Comparison.Side> sides = new LinkedHashMap<>();
            targets.forEach(target ->
                    sides.put(target.name(), Comparison.Side.of(target.durability(), runs.get(target.name()))));
            return Comparison.of(settings(), session.target().name(), sides, absent);
        } finally {
            beanstalkd.ifPresent(BeanstalkdTarget::close);
        }
    }

    private Target shareGroup(Session session) throws InterruptedException {
        Map<String, Long> brokers = session.target().processes().entrySet().stream()
                .filter(one -> one.getKey().startsWith("broker"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ShareGroupTarget(
                session.bootstrapServers(), brokers, options.durability(), session.tag(), options.shards(), (short)
                        (options.brokers() >= 3 ? 3 : 1));
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("tasks", tasks);
        settings.put("single_tasks", singleTasks);
        settings.put("rate", rate);
        settings.put("seconds", seconds);
        settings.put("workers", workers);
        settings.put("warm_up_tasks", options.warmUp());
        settings.put("warm_up_single_tasks", options.warmUpOneByOne());
        settings.putAll(options.settings());
        return settings;
    }

    private void print(Comparison comparison) {
        stage.output().line("");
        stage.output().line(comparison.table().toString());
        stage.output().line("");
        comparison.systems().forEach((name, side) -> stage.output().line(name + ": " + side.durability()));
        stage.output().line("X: Leasehold's figure divided by the other's");
        stage.output().line(comparison.versions() + " " + comparison.machine());
    }
}

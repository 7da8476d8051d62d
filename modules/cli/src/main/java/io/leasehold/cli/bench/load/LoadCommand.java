package io.leasehold.cli.bench.load;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.bench.BenchDirectory;
import io.leasehold.cli.bench.Stage;
import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import io.leasehold.cli.bench.system.Work;
import io.leasehold.cli.output.Screen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A mode of {@code leasehold bench}: a cluster, a warm-up, some runs, a report. */
abstract class LoadCommand implements Callable<Integer> {
    static final int MOST_TASKS = 50_000_000;

    private static final String PROVEN = "proven";

    @Mixin
    Stage stage;

    @Mixin
    LoadOptions options;

    @Mixin
    private BenchDirectory directory;

    private Session session;

    /** The mode's name. */
    abstract String mode();

    /** Refuses options that make no sense; adds those of the mode to the settings. */
    abstract void check(Map<String, Object> settings);

    /** How many tasks may be in the queues at once. */
    abstract long mostTasks();

    abstract Figures measure() throws Exception;

    /** How many tasks are to go through it beforehand. */
    int warmUpTasks() {
        return options.warmUp();
    }

    /** Does with so many tasks what is measured later, so that all code is compiled which that needs. */
    abstract void warmUp(int tasks) throws Exception;

    @Override
    public Integer call() throws Exception {
        Map<String, Object> settings = new LinkedHashMap<>();
        options.check(stage);
        check(settings);
        int warmUp = warmUpTasks();
        settings.put("warm_up_tasks", warmUp);
        settings.putAll(options.settings());
        Screen screen = stage.screen();
        List<Figures> runs = new ArrayList<>();
        String verified = null;
        try (Session opened = Session.open(options, mostTasks() + warmUp, directory.make(), screen)) {
            session = opened;
            if (warmUp > 0) {
                warmUp(warmUp);
                screen.news(warmUp + " tasks have passed through to warm up");
            }
            for (int run = 1; run <= options.runs; run++) {
                runs.add(measure());
                screen.news("run " + run + " of " + options.runs + " is over");
            }
            verified = options.verify ? opened.verdict() : null;
        }
        screen.done();
        print(Report.of(mode(), settings, options.durability(), runs, verified));
        return verified == null || PROVEN.equals(verified) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void print(Report report) {
        if (stage.output().isJson()) {
            stage.output().json(report);
            return;
        }
        stage.output().line("");
        stage.output().line(report.table().toString());
        stage.output().line("");
        stage.output().line(report.durability());
        stage.output().line(report.versions() + " " + report.machine());
        if (report.verified() != null) {
            stage.output().line("verify: " + report.verified());
        }
    }

    Session session() {
        return session;
    }

    Work work() {
        return options.work();
    }

    int workers() {
        return 8;
    }

    int producers() {
        return options.producers;
    }

    Phases phases() {
        return phases(workers());
    }

    Phases phases(int workers) {
        return new Phases(session.target(), work(), workers, producers(), session::show);
    }

    /** Hands tasks in over HTTP and returns when they are queued; not measured. */
    Watch fill(int tasks) throws Exception {
        Watch watch = session.watch(work(), tasks);
        try (Submitting submitting =
                new Submitting(producers(), () -> session.target().producer(Style.BATCH))) {
            submitting.submit(work(), watch.all(), done -> session.show("queueing", done, tasks));
        }
        return watch;
    }
}

package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leasehold bench backlog}. */
@Command(
        name = "backlog",
        description = {
            "Queue many tasks, and measure how much memory each takes in the coordinators after a full collection, and how "
                    + "fast tasks pass through with many queued compared with few: as many are submitted as are taken.",
            "Memory counts every copy: with several coordinators a shard is in memory twice."
        },
        footer = {
            "%nExamples:",
            "  leasehold bench backlog --queued 1000000 --heap 2g",
            "  leasehold bench backlog --queued 10000000 --heap 4g"
        })
public final class BacklogCommand extends LoadCommand {
    @Mixin
    private TaskCount count = new TaskCount(200_000);

    @Mixin
    private WorkerCount workers;

    @Option(
            names = "--queued",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Many (default: ${DEFAULT-VALUE}).")
    private int queued;

    @Option(names = "--few", paramLabel = "N", defaultValue = "10000", description = "Few (default: ${DEFAULT-VALUE}).")
    private int few;

    @Override
    String mode() {
        return "backlog";
    }

    @Override
    void check(Map<String, Object> settings) {
        stage.require("--queued", queued, 1, MOST_TASKS);
        stage.require("--few", few, 1, queued);
        if (options.runs != 1) {
            throw stage.wrong("--runs: " + options.runs + " (expected: 1, since memory does not shrink again)");
        }
        if (!options.isOwnCluster()) {
            throw stage.wrong("--url: cannot be given here (expected: none, for the processes' memory is looked into)");
        }
        count.check(stage, settings);
        workers.check(stage, settings);
        settings.put("queued", queued);
        settings.put("few", few);
    }

    @Override
    long mostTasks() {
        return queued + (long) count.tasks;
    }

    @Override
    int workers() {
        return workers.workers;
    }

    /** Queues and takes by themselves, then at once. */
    @Override
    void warmUp(int tasks) throws Exception {
        Watch queued = fill(tasks);
        session().awaitLive(tasks, "queueing");
        phases().drain(queued, Style.BATCH);
        phases().mix(session().watch(work(), tasks), Style.BATCH);
        session().requireEmpty();
    }

    @Override
    Figures measure() throws Exception {
        fill(few);
        session().awaitLive(few, "queueing");
        Figures withFew = passing("passing with few queued");
        // Only now, for each task that has passed is remembered, which is no memory of queued ones.
        Memory before = Memory.of(session().ownCluster().alive());
        long left = session().live();
        fill((int) (queued - left));
        session().awaitLive(queued, "queueing");
        Memory after = Memory.of(session().ownCluster().alive());
        Figures withMany = passing("passing with many queued");
        Figures figures = new Figures();
        if (queued > few) {
            double more = queued - (double) left;
            figures.put("heap_bytes_per_task", (after.heapBytes() - before.heapBytes()) / more)
                    .put("resident_bytes_per_task", (after.residentBytes() - before.residentBytes()) / more);
        }
        return figures.put("heap_bytes", after.heapBytes())
                .put("many_over_few", withMany.get("tasks_per_second") / withFew.get("tasks_per_second"))
                .put("cpu_many_over_few", withMany.get("cpu_us_per_task") / withFew.get("cpu_us_per_task"))
                .putAll("few.", withFew)
                .putAll("many.", withMany);
    }

    /** Until so many have passed, whichever: the most urgent of all that are queued are taken. */
    private Figures passing(String what) throws Exception {
        Watch all = session().watchAll(work(), count.tasks);
        try (Target.Workers running = session().target().workers(workers.workers, Style.BATCH, all);
                Submitting submitting =
                        new Submitting(producers(), () -> session().target().producer(Style.BATCH))) {
            Cpu before = session().cpu();
            long from = System.nanoTime();
            submitting.submit(work(), all.newest(count.tasks), done -> session().show(what, done, count.tasks));
            all.awaitStarted(
                    count.tasks,
                    running,
                    TimeUnit.MINUTES.toMillis(10),
                    () -> session().show(what, all.started(), count.tasks));
            Cpu after = session().cpu();
            double seconds = (System.nanoTime() - from) / 1e9;
            long passed = all.started();
            running.settle();
            Figures figures = new Figures().put("tasks_per_second", passed / seconds);
            after.since(before, passed, figures);
            return figures;
        }
    }
}

package io.leasehold.cli.bench.compare;

import io.leasehold.cli.bench.load.Figures;
import io.leasehold.cli.bench.load.Phases;
import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import io.leasehold.cli.bench.system.Work;
import java.util.List;

/** The phases that each system goes through in turn. For one thread. */
final class Rounds {
    private static final int BLOCKING_PRODUCERS = 8;
    private static final int PROMPT_PRODUCERS = 2;

    /** What can be compared. */
    enum Phase {
        SUBMIT,
        DRAIN,
        MIX,
        SINGLE,
        LATENCY
    }

    /** How much. */
    record Size(int tasks, int singleTasks, int rate, int seconds) {}

    private final Work work;
    private final int workers;
    private final int producers;
    private final List<Phase> phases;
    private final Phases.Progress progress;
    private long next;

    Rounds(Work work, int workers, int producers, List<Phase> phases, Phases.Progress progress) {
        this.work = work;
        this.workers = workers;
        this.producers = producers;
        this.phases = List.copyOf(phases);
        this.progress = progress;
    }

    /** What is measured later, with fewer tasks. */
    void warmUp(Target target, int tasks, int oneByOne, int rate) throws Exception {
        if (tasks > 0) {
            round(target, new Size(tasks, oneByOne, rate, Math.max(1, oneByOne / rate)));
        }
    }

    Figures round(Target target, Size size) throws Exception {
        Figures figures = new Figures();
        if (phases.contains(Phase.SUBMIT) || phases.contains(Phase.DRAIN)) {
            Watch queued = watch(size.tasks());
            Phases batches = on(target, producers);
            Figures submitted = batches.submit(queued, () -> target.producer(Style.BATCH));
            Figures drained = batches.drain(queued, Style.BATCH);
            if (phases.contains(Phase.SUBMIT)) {
                figures.putAll("submit.", submitted);
            }
            if (phases.contains(Phase.DRAIN)) {
                figures.putAll("drain.", drained);
            }
        }
        if (phases.contains(Phase.MIX)) {
            figures.putAll("mix.", on(target, producers).mix(watch(size.tasks()), Style.BATCH));
        }
        if (phases.contains(Phase.SINGLE)) {
            figures.putAll("single.", on(target, BLOCKING_PRODUCERS).mix(watch(size.singleTasks()), Style.SINGLE));
        }
        if (phases.contains(Phase.LATENCY)) {
            int warmUp = size.rate();
            Watch watch = watch(size.rate() * size.seconds() + warmUp);
            figures.putAll("latency.", on(target, PROMPT_PRODUCERS).latency(watch, size.rate(), warmUp));
        }
        return figures;
    }

    private Phases on(Target target, int count) {
        return new Phases(target, work, workers, count, progress);
    }

    private Watch watch(int tasks) {
        Watch watch = new Watch(work, next, tasks);
        next += tasks;
        return watch;
    }
}

package io.leasehold.cli.bench.load;

import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Target.Style;
import io.leasehold.cli.bench.system.Watch;
import io.leasehold.cli.bench.system.Work;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What is done to a queue, whichever it is, and measured. For one thread. */
public final class Phases {
    private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(10);
    private static final long LEAD_MS = 20;
    private static final double MS = 1e6;

    /** Hears how far a phase is. */
    @FunctionalInterface
    public interface Progress {
        void show(String what, long done, long all);
    }

    private final Target target;
    private final Work work;
    private final int workers;
    private final int producers;
    private final Progress progress;

    public Phases(Target target, Work work, int workers, int producers, Progress progress) {
        this.target = target;
        this.work = work;
        this.workers = workers;
        this.producers = producers;
        this.progress = progress;
    }

    /** Until all are acknowledged as durable. */
    public Figures submit(Watch watch, Submitting.Maker maker) throws Exception {
        try (Submitting submitting = new Submitting(producers, maker)) {
            Cpu before = cpu();
            long from = System.nanoTime();
            submitting.submit(work, watch.all(), done -> progress.show("submitting", done, watch.tasks()));
            return rate(new Figures(), watch.tasks(), from, before);
        }
    }

    /** What is queued already: from the first start to the last acknowledged completion. */
    public Figures drain(Watch watch, Style style) throws Exception {
        Cpu before = cpu();
        try (Target.Workers running = target.workers(workers, style, watch)) {
            watch.awaitStarted(watch.tasks(), running, PATIENCE_MS, () -> shown("draining", watch));
            running.settle();
            Figures figures = rate(new Figures(), watch.tasks(), watch.firstNanos(), before);
            return order(figures, watch);
        }
    }

    /** Submitted while workers wait for them: from the first submission to the last acknowledged completion. */
    public Figures mix(Watch watch, Style style) throws Exception {
        try (Target.Workers running = target.workers(workers, style, watch);
                Submitting submitting = new Submitting(producers, () -> target.producer(style))) {
            running.awaitAttached();
            Cpu before = cpu();
            long from = System.nanoTime();
            submitting.submit(work, watch.all(), done -> shown("mixing", watch));
            double submitSeconds = (System.nanoTime() - from) / 1e9;
            watch.awaitStarted(watch.tasks(), running, PATIENCE_MS, () -> shown("mixing", watch));
            running.settle();
            Figures figures = rate(new Figures(), watch.tasks(), from, before);
            return figures.put("submit_seconds", submitSeconds).put("started_again", watch.again());
        }
    }

    /** Submitted at a fixed rate whatever happens: how long after it was due each task starts. */
    public Figures latency(Watch watch, double perSecond, int warmUpTasks) throws Exception {
        try (Target.Workers running = target.workers(workers, Style.PROMPT, watch);
                Submitting submitting = new Submitting(producers, () -> target.producer(Style.PROMPT))) {
            running.awaitAttached();
            Cpu before = cpu();
            long from = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAD_MS);
            Watch.Schedule schedule = new Watch.Schedule(from, perSecond, warmUpTasks);
            watch.schedule(schedule);
            submitting.submitOnTime(work, watch.all(), schedule, done -> shown("on time", watch));
            watch.awaitStarted(watch.tasks(), running, PATIENCE_MS, () -> shown("on time", watch));
            running.settle();
            Figures figures = delays(watch.delays());
            rate(figures, watch.tasks(), from, before);
            return figures.put("started_again", watch.again());
        }
    }

    private static Figures delays(Histogram delays) {
        return new Figures()
                .put("p50_ms", delays.getValueAtPercentile(50) / MS)
                .put("p90_ms", delays.getValueAtPercentile(90) / MS)
                .put("p99_ms", delays.getValueAtPercentile(99) / MS)
                .put("p99.9_ms", delays.getValueAtPercentile(99.9) / MS)
                .put("max_ms", delays.getMaxValue() / MS);
    }

    private Cpu cpu() {
        return Cpu.now(target.processes());
    }

    private Figures rate(Figures figures, long tasks, long fromNanos, Cpu before) {
        double seconds = (System.nanoTime() - fromNanos) / 1e9;
        figures.put("tasks_per_second", tasks / seconds).put("seconds", seconds);
        cpu().since(before, tasks, figures);
        return figures;
    }

    private static Figures order(Figures figures, Watch watch) {
        return figures.put("inversions", watch.inversions()).put("started_again", watch.again());
    }

    private void shown(String what, Watch watch) {
        progress.show(what, watch.started(), watch.tasks());
    }
}

package io.leasehold.cli.bench;

import io.leasehold.api.Task;
import io.leasehold.cli.Failure;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.output.Screen;
import io.leasehold.producer.LeaseholdProducer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One run, from empty directory to figures: many tasks pass through one coordinator while many others wait. */
final class SoakBench implements AutoCloseable {
    private static final String QUEUE = "soak";
    private static final int MOST_AHEAD = 100_000;
    private static final long PAUSE_MS = 100;
    private static final long REST_MS = 30_000;

    /** @param waiting tasks that nobody works on, beside the others */
    record Plan(long tasks, int waiting, int shards, int workers, int dedupeEnds, String heap) {}

    private final Plan plan;
    private final Screen screen;
    private final BenchCluster cluster;
    private final AtomicLong completed = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean over;
    private double seconds;

    SoakBench(Path directory, Plan plan, Screen screen) throws IOException {
        this.plan = plan;
        this.screen = screen;
        Map<String, String> settings = Map.of(
                "shards", Integer.toString(plan.shards()),
                "shard.max.tasks", Integer.toString(Math.max(1_000_000, 2 * plan.waiting())),
                "shard.max.bytes", Long.toString(8L << 30),
                "journal.history.ms", "0",
                "dedupe.max.ends", Integer.toString(plan.dedupeEnds()));
        this.cluster = new BenchCluster(directory, settings, plan.heap());
    }

    SoakFigures run() throws IOException, InterruptedException {
        cluster.start(1);
        QueuedTasks.enqueue(
                cluster.bootstrapServers(),
                plan.waiting(),
                plan.shards(),
                done -> screen.show(List.of(Progress.bar("waiting", done, plan.waiting()))));
        long startedNanos = System.nanoTime();
        pass();
        seconds = (System.nanoTime() - startedNanos) / 1e9;
        screen.news(String.format(
                Locale.ROOT,
                "%d tasks passed through in %.0f s; waiting for the journal to rest",
                plan.tasks(),
                seconds));
        return measured();
    }

    private void pass() throws InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        CoordinatorChild coordinator = cluster.alive().get(0);
        for (int i = 0; i < plan.workers(); i++) {
            running.add(threads.submit(new SoakDrain("soak-" + i, QUEUE, coordinator.url(), completed, () -> over)));
        }
        running.add(threads.submit(this::submit));
        while (completed.get() < plan.tasks()) {
            screen.show(List.of(Progress.bar("completed", completed.get(), plan.tasks())));
            for (Future<?> one : running) {
                check(one);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        over = true;
    }

    private static void check(Future<?> one) throws InterruptedException {
        if (one.isDone()) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new Failure("the soak stopped: " + e.getCause().getMessage(), e.getCause());
            }
        }
    }

    private Void submit() throws InterruptedException {
        Map<String, Object> config =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", 20, "batch.size", 1 << 18);
        try (LeaseholdProducer producer = LeaseholdProducer.create(config)) {
            for (long i = 0; i < plan.tasks(); i++) {
                producer.enqueue(Task.of(QUEUE, "payload of a task that is neither small nor large, number " + i)
                        .id("soak-" + i)
                        .priority((int) (i % 10)));
                while (i - completed.get() > MOST_AHEAD) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
        return null;
    }

    /** How long a replay takes after all that: that of a restart. */
    private SoakFigures measured() throws IOException, InterruptedException {
        SoakJournal journal = new SoakJournal(cluster, plan.shards());
        journal.awaitRest(REST_MS, () -> screen.show(List.of("waiting for the journal to rest")));
        List<SoakFigures.Shard> atRest = journal.shards();
        CoordinatorChild coordinator = cluster.alive().get(0);
        coordinator.jvm().kill();
        cluster.forget(coordinator);
        cluster.join(cluster.restart(coordinator));
        cluster.awaitCalm(view -> {});
        return new SoakFigures(plan.tasks(), plan.waiting(), seconds, journal.withReplays(atRest));
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
        cluster.close();
    }
}

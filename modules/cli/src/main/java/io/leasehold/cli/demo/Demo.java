package io.leasehold.cli.demo;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.cli.output.Screen;
import io.leasehold.client.TaskClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of the demo, from empty directory to figures. */
final class Demo implements AutoCloseable {
    private static final int COORDINATORS = 3;
    private static final long PAUSE_MS = 100;
    private static final long DRAW_NANOS = 250_000_000L;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(150);

    /** Short times, so that what takes half a minute in earnest can be watched. */
    private static final Map<String, String> SETTINGS = Map.of(
            "zookeeper.session.ms", "4000",
            "tick.ms", "500",
            "proof.max.age.ms", "2000");

    private final long startedNanos = System.nanoTime();
    private final List<FileTask> files;
    private final int workers;
    private final Screen screen;
    private final LocalCluster cluster;
    private final Survivors survivors;
    private final WorkerFleet fleet;
    private TaskClient client;
    private EndsReader ends;
    private Failover failover;
    private String killedWorker;
    private long drawnNanos;

    Demo(Path directory, List<FileTask> files, int workers, long paceMs, Screen screen) throws IOException {
        this.files = files;
        this.workers = workers;
        this.screen = screen;
        this.cluster = new LocalCluster(directory, SETTINGS);
        this.survivors = new Survivors(cluster);
        this.fleet = new WorkerFleet(directory, survivors::urls, paceMs);
    }

    /** Runs everything; the figures say what is wrong, if anything is. */
    Figures run() throws IOException, InterruptedException {
        startCluster();
        client = client();
        long submittedNanos = System.nanoTime();
        new Handing(cluster.bootstrapServers(), client).submit(files);
        screen.news("submitted " + files.size()
                + " files and one poison task, every other one over Kafka, the rest over HTTP");
        fleet.start(workers);
        ends = EndsReader.start(cluster.bootstrapServers(), "leasehold.ended");
        watch(submittedNanos);
        long runMs = (System.nanoTime() - submittedNanos) / 1_000_000;
        draw(files.size() + 1);
        screen.news(ends.count() + " of " + (files.size() + 1) + " tasks have ended; checking every one");
        return figures(runMs);
    }

    @Override
    public void close() {
        if (ends != null) {
            ends.close();
        }
        if (client != null) {
            client.close();
        }
        fleet.close();
        cluster.close();
    }

    /** Knows all coordinators, so that it finds one that is alive. */
    private TaskClient client() {
        String[] urls = survivors.urls().stream().map(URI::toString).toArray(String[]::new);
        return TaskClient.create(urls[0], Arrays.copyOfRange(urls, 1, urls.length));
    }

    private void startCluster() throws IOException, InterruptedException {
        screen.news("starting Kafka and ZooKeeper, a process each");
        cluster.start();
        screen.news("starting " + COORDINATORS + " coordinators, a process each");
        for (int i = 1; i <= COORDINATORS; i++) {
            cluster.launch("coordinator-" + i, Map.of());
        }
        cluster.coordinators().forEach(CoordinatorChild::awaitReady);
        awaitShares();
    }

    /** Waits until every coordinator has its share of the shards. */
    private void awaitShares() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isShared(survivors.cluster())) {
            if (System.nanoTime() > deadline) {
                throw new Failure("shards: not shared out after 30 s (expected: every coordinator owns one at least)");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        for (ClusterView.ShardView shard : survivors.cluster().shards()) {
            screen.news("shard " + shard.shard() + " is served by " + shard.owner());
        }
    }

    private static boolean isShared(ClusterView view) {
        return view != null
                && view.shards().stream().allMatch(shard -> "active".equals(shard.status()))
                && view.shards().stream()
                                .map(ClusterView.ShardView::owner)
                                .distinct()
                                .count()
                        == COORDINATORS;
    }

    private void watch(long submittedNanos) throws InterruptedException {
        int all = files.size() + 1;
        while (ends.count() < all || failover == null || !failover.isOver()) {
            if (System.nanoTime() - submittedNanos > LIMIT_NANOS) {
                screen.news("giving up after " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS) + " s");
                return;
            }
            fleet.tend().forEach(name -> screen.news(name + " died; started another"));
            if (failover == null && ends.count() >= all / 2) {
                strike();
            } else if (failover != null && !failover.isOver()) {
                probe();
            }
            if (System.nanoTime() - drawnNanos > DRAW_NANOS) {
                draw(all);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    /** Kills the coordinator with the most shards, and a worker. */
    private void strike() {
        ClusterView view = survivors.cluster();
        if (view == null) {
            return;
        }
        CoordinatorChild victim = survivors.alive().stream()
                .max((a, b) -> Integer.compare(
                        shardsOf(view, a.id()).size(), shardsOf(view, b.id()).size()))
                .orElseThrow();
        Map<Integer, String> probes = Survivors.oneTaskEach(client, shardsOf(view, victim.id()), files);
        victim.jvm().kill();
        failover = new Failover(victim.id(), probes);
        killedWorker = fleet.killOne();
        screen.news("kill -9: " + victim.id() + ", which served shards " + failover.shards() + ", and " + killedWorker);
    }

    private void probe() {
        for (int shard : failover.probe(survivors.any())) {
            screen.news(String.format(
                    "shard %d is served again, %.1f s after the kill",
                    shard, failover.servedAfterMs().get(shard) / 1000.0));
        }
    }

    private static List<Integer> shardsOf(ClusterView view, String id) {
        return view.shards().stream()
                .filter(shard -> id.equals(shard.owner()))
                .map(ClusterView.ShardView::shard)
                .toList();
    }

    private void draw(int all) {
        drawnNanos = System.nanoTime();
        screen.show(Standing.lines(
                ends.count(), all, survivors.counts(), survivors.cluster(), cluster.coordinators(), fleet));
    }

    private Figures figures(long runMs) throws IOException {
        Audit audit = new Audit(client, ends.ends());
        audit.check(files);
        List<String> differences = new ArrayList<>(audit.differences());
        if (failover == null) {
            differences.add("coordinator: none was killed (expected: one, half-way)");
        } else if (!failover.isOver()) {
            differences.add("shards of " + failover.coordinator() + ": served again "
                    + failover.servedAfterMs().keySet() + " (expected: " + failover.shards() + ")");
        }
        return new Figures(
                files.size(),
                audit.bytes(),
                audit.digestsEqual(),
                audit.endedOnce(),
                ends.copies(),
                audit.retried(),
                audit.expiries(),
                audit.poison(),
                fleet.deaths(),
                failover == null ? "nobody" : failover.coordinator(),
                failover == null ? Map.of() : failover.servedAfterMs(),
                killedWorker,
                runMs,
                (System.nanoTime() - startedNanos) / 1_000_000,
                differences);
    }
}

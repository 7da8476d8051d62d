package io.leasehold.chaos;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.chaos.fault.ClusterMap;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.chaos.judge.Judge;
import io.leasehold.chaos.judge.Verdict;
import io.leasehold.chaos.load.Redrives;
import io.leasehold.chaos.load.ShardProbes;
import io.leasehold.chaos.load.Submitters;
import io.leasehold.chaos.load.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A cluster, everyone who uses it, and what they write down: it is started, used while something is done to it, ended and
 * judged, in this order. Not thread-safe, but for what it gives away.
 */
final class LoadedCluster implements AutoCloseable {
    private static final long START_PATIENCE_MS = 90_000;
    private static final long PAUSE_MS = 100;

    private final Load load;
    private final Consumer<String> news;
    private final Path historyDirectory;
    private final HistoryWriter history;
    private final ChaosCluster cluster;
    private final ClusterMap map;
    private final Workers workers;
    private final ShardProbes probes;
    private final Supervisor supervisor;
    private Submitters submitters;
    private Redrives redrives;

    /**
     * @param rate tasks a second, through both doors together, probes aside
     * @param workerProcesses how many processes there are with workers
     * @param workersEach how many workers each of them has
     */
    record Load(long seed, int rate, int workerProcesses, int workersEach) {}

    /** @param cluster closed with this */
    LoadedCluster(ChaosCluster cluster, Load load, Path directory, Consumer<String> news) throws IOException {
        this.load = load;
        this.news = news;
        this.cluster = cluster;
        this.historyDirectory = directory.resolve("history");
        this.history = HistoryWriter.create(historyDirectory, "clients");
        this.supervisor = new Supervisor(cluster.coordinators(), news);
        this.map = new ClusterMap(cluster);
        this.workers = new Workers(
                directory, historyDirectory, history, cluster.urls(), load.workerProcesses(), load.workersEach());
        this.probes = new ShardProbes(
                history,
                cluster.coordinators().stream().map(CoordinatorNode::directUrl).toList(),
                ChaosCluster.SHARDS);
    }

    /** Returns once every shard has granted something. */
    void start() throws IOException, InterruptedException {
        cluster.start();
        supervisor.start();
        awaitServed();
        workers.startAll();
        probes.start();
        submitters = new Submitters(history, cluster.urls(), cluster.brokers().bootstrapServers());
        submitters.start(load.seed(), load.rate());
        long startNs = System.nanoTime();
        for (int shard = 0; shard < ChaosCluster.SHARDS; shard++) {
            awaitGrant(shard, startNs);
        }
        redrives = new Redrives(history, cluster.urls(), load.seed());
        redrives.start();
    }

    ChaosCluster cluster() {
        return cluster;
    }

    ClusterMap map() {
        return map;
    }

    Workers workers() {
        return workers;
    }

    ShardProbes probes() {
        return probes;
    }

    HistoryWriter history() {
        return history;
    }

    /** How many of the submitters' tasks were. */
    long acknowledged() {
        return submitters.acknowledged();
    }

    /** Submits nothing more, and waits until everything has ended; returns the whole history. */
    List<Event> end() throws IOException, InterruptedException {
        redrives.close();
        news.accept("waiting until everything ends");
        submitters.stop();
        probes.stopSubmitting();
        return new Ending(cluster, historyDirectory, news).complete();
    }

    Verdict judge(List<Event> events) {
        news.accept("judging " + events.size() + " lines of history");
        return new Judge(ChaosCluster.MAX_EXPIRIES).judge(events);
    }

    private void awaitServed() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_PATIENCE_MS);
        while (!map.isServed()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("cluster: not served after " + START_PATIENCE_MS
                        + " ms (expected: every shard active); see the logs of the coordinators");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private void awaitGrant(int shard, long sinceNs) throws InterruptedException {
        while (!probes.hasGrantedSince(shard, sinceNs)) {
            if (System.nanoTime() - sinceNs > TimeUnit.MILLISECONDS.toNanos(START_PATIENCE_MS)) {
                throw new IllegalStateException("shard " + shard + ": no grant (expected: one at least)");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    @Override
    public void close() {
        supervisor.close();
        if (redrives != null) {
            redrives.close();
        }
        probes.close();
        if (submitters != null) {
            submitters.close();
        }
        workers.close();
        cluster.close();
        history.close();
    }
}

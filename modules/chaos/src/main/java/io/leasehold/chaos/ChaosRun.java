package io.leasehold.chaos;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.chaos.fault.ClusterMap;
import io.leasehold.chaos.fault.FaultKind;
import io.leasehold.chaos.fault.FaultRunner;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run: starts a cluster and its users, strikes and heals, lets everything end, and judges. Read {@link #run} first. */
final class ChaosRun implements AutoCloseable {
    private static final long START_PATIENCE_MS = 90_000;
    private static final long PAUSE_MS = 100;

    private final ChaosOptions options;
    private final Consumer<String> news;
    private final Path historyDirectory;
    private final HistoryWriter history;
    private final ChaosCluster cluster;
    private final ClusterMap map;
    private final Workers workers;
    private final ShardProbes probes;
    private final FaultRunner runner;
    private final SecondJudge secondJudge;
    private final Supervisor supervisor;
    private Submitters submitters;

    ChaosRun(ChaosOptions options, Path directory, Consumer<String> news) throws IOException {
        this.options = options;
        this.news = news;
        this.historyDirectory = directory.resolve("history");
        this.history = HistoryWriter.create(historyDirectory, "clients");
        this.cluster = new ChaosCluster(
                directory,
                options.brokers(),
                options.zooKeepers(),
                options.kinds().contains(FaultKind.DISK_FULL),
                options.historyMs());
        this.secondJudge = new SecondJudge(directory);
        this.supervisor = new Supervisor(cluster.coordinators(), news);
        this.map = new ClusterMap(cluster);
        this.workers = new Workers(
                directory,
                historyDirectory,
                history,
                cluster.urls(),
                ChaosOptions.WORKER_PROCESSES,
                (options.workers() + ChaosOptions.WORKER_PROCESSES - 1) / ChaosOptions.WORKER_PROCESSES);
        this.probes = new ShardProbes(
                history,
                cluster.coordinators().stream().map(CoordinatorNode::directUrl).toList(),
                ChaosCluster.SHARDS);
        this.runner = new FaultRunner(cluster, workers, map, probes, history);
    }

    Outcome run() throws Exception {
        long startedNs = System.nanoTime();
        start();
        long faultsNs = System.nanoTime();
        try (Redrives redrives = new Redrives(history, cluster.urls(), options.seed())) {
            redrives.start();
            new Strikes(options, runner, map, submitters::acknowledged, news).run();
        }
        double faultHours = (System.nanoTime() - faultsNs) / 3.6e12;
        news.accept("the faults are over; waiting until everything ends");
        submitters.stop();
        probes.stopSubmitting();
        List<Event> events = new Ending(cluster, historyDirectory, news).complete();
        news.accept("judging " + events.size() + " lines of history");
        Verdict verdict = new Judge(ChaosCluster.MAX_EXPIRIES).judge(events);
        List<String> failures = new ArrayList<>(runner.failures());
        news.accept("verifying the journal");
        SecondJudge.Finding finding = secondJudge.judge(cluster);
        if (!finding.proven()) {
            failures.add("leasehold verify does not prove it: " + finding.said());
        }
        if (options.last().isPresent()) {
            failures.addAll(damaged(options.last().get(), events));
        }
        return new Outcome(
                options,
                runner.outages(),
                failures,
                verdict,
                finding,
                faultHours,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNs));
    }

    /** The probes would only be in the way: nothing new is submitted while the journal is damaged. */
    private List<String> damaged(FaultKind kind, List<Event> events) throws Exception {
        probes.close();
        workers.close();
        List<Event.Stands> before = events.stream()
                .filter(event -> event instanceof Event.Stands)
                .map(event -> (Event.Stands) event)
                .filter(it -> !it.state().equals("unknown"))
                .toList();
        return new EndOfLife(cluster, map, news).run(kind, before);
    }

    private void start() throws IOException, InterruptedException {
        cluster.start();
        supervisor.start();
        awaitServed();
        workers.startAll();
        probes.start();
        submitters = new Submitters(history, cluster.urls(), cluster.brokers().bootstrapServers());
        submitters.start(options.seed(), options.rate());
        long startNs = System.nanoTime();
        for (int shard = 0; shard < ChaosCluster.SHARDS; shard++) {
            awaitGrant(shard, startNs);
        }
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
        probes.close();
        if (submitters != null) {
            submitters.close();
        }
        workers.close();
        cluster.close();
        history.close();
    }
}

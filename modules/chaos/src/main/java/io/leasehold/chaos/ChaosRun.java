package io.leasehold.chaos;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.fault.FaultKind;
import io.leasehold.chaos.fault.FaultRunner;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.judge.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run: starts a cluster and its users, strikes and heals, lets everything end, and judges. Read {@link #run} first. */
final class ChaosRun implements AutoCloseable {
    private final ChaosOptions options;
    private final Consumer<String> news;
    private final LoadedCluster loaded;
    private final FaultRunner runner;
    private final SecondJudge secondJudge;

    ChaosRun(ChaosOptions options, Path directory, Consumer<String> news) throws IOException {
        this.options = options;
        this.news = news;
        ChaosCluster cluster = new ChaosCluster(
                directory,
                options.brokers(),
                options.zooKeepers(),
                options.kinds().contains(FaultKind.DISK_FULL),
                options.historyMs());
        this.loaded = new LoadedCluster(cluster, options.load(), directory, news);
        this.secondJudge = new SecondJudge(directory);
        this.runner = new FaultRunner(cluster, loaded.workers(), loaded.map(), loaded.probes(), loaded.history());
    }

    Outcome run() throws Exception {
        long startedNs = System.nanoTime();
        loaded.start();
        long faultsNs = System.nanoTime();
        new Strikes(options, runner, loaded.map(), loaded::acknowledged, news).run();
        double faultHours = (System.nanoTime() - faultsNs) / 3.6e12;
        news.accept("the faults are over");
        List<Event> events = loaded.end();
        Verdict verdict = loaded.judge(events);
        List<String> failures = new ArrayList<>(runner.failures());
        news.accept("verifying the journal");
        SecondJudge.Finding finding = secondJudge.judge(loaded.cluster());
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
        loaded.probes().close();
        loaded.workers().close();
        List<Event.Stands> before = events.stream()
                .filter(event -> event instanceof Event.Stands)
                .map(event -> (Event.Stands) event)
                .filter(it -> !it.state().equals("unknown"))
                .toList();
        return new EndOfLife(loaded.cluster(), loaded.map(), news).run(kind, before);
    }

    @Override
    public void close() {
        loaded.close();
    }
}

package io.leasehold.chaos;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.fault.ClusterMap;
import io.leasehold.chaos.fault.Fault;
import io.leasehold.chaos.fault.FaultKind;
import io.leasehold.chaos.fault.FaultPlan;
import io.leasehold.chaos.fault.FaultRunner;
import io.leasehold.chaos.fault.Outage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The time of faults: one after the other, and now and then one beside the next. */
final class Strikes {
    private static final long LONG_MS = 60_000;

    /** A run is at least so many times as long as any of its faults. */
    private static final long LONGEST_FAULT_PART = 4;

    private static final long LAST_PATIENCE_MINUTES = 5;

    private final ChaosOptions options;
    private final FaultRunner runner;
    private final ClusterMap map;
    private final LongSupplier acknowledged;
    private final Consumer<String> news;
    private final FaultPlan plan;
    private final ExecutorService alongside = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "fault");
        thread.setDaemon(true);
        return thread;
    });

    /** @param acknowledged how many tasks were, for the news */
    Strikes(
            ChaosOptions options,
            FaultRunner runner,
            ClusterMap map,
            LongSupplier acknowledged,
            Consumer<String> news) {
        this.options = options;
        this.runner = runner;
        this.map = map;
        this.acknowledged = acknowledged;
        this.news = news;
        this.plan = options.running().isEmpty()
                ? null
                : new FaultPlan(
                        options.seed(),
                        options.running(),
                        ChaosCluster.COORDINATORS,
                        ChaosOptions.WORKER_PROCESSES,
                        options.brokers(),
                        forMs() / LONGEST_FAULT_PART);
    }

    /** Returns when all that was begun has been healed. */
    void run() throws InterruptedException {
        if (plan == null) {
            TimeUnit.MILLISECONDS.sleep(forMs());
        } else if (options.once()) {
            once();
        } else {
            byChance();
        }
    }

    private void once() throws InterruptedException {
        for (FaultKind kind : options.running()) {
            Fault fault = map.aimed(plan.of(kind));
            runner.claim(fault);
            tell(runner.run(fault));
        }
    }

    private void byChance() throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs());
        while (System.nanoTime() < untilNs) {
            Fault fault = map.aimed(plan.next());
            boolean together = plan.together() || fault.holdMs() > LONG_MS;
            if (runner.claim(fault)) {
                if (together) {
                    alongside.execute(() -> runAlongside(fault));
                } else {
                    tell(runner.run(fault));
                }
            }
            TimeUnit.MILLISECONDS.sleep(options.paceMs());
        }
        alongside.shutdown();
        alongside.awaitTermination(LAST_PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    private long forMs() {
        return (long) (options.minutes() * 60_000);
    }

    private void runAlongside(Fault fault) {
        try {
            tell(runner.run(fault));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Outage outage) {
        Fault fault = outage.fault();
        news.accept(String.format(
                "#%d %s %s for %.1f s, shards %s: no grants for %.1f s%s%s [%d acknowledged]",
                fault.number(),
                fault.kind().word(),
                fault.targetName(),
                outage.lastedMs() / 1000.0,
                outage.shards(),
                outage.longestGapMs() / 1000.0,
                outage.settled() ? "" : ", and still none for some shard",
                outage.note() == null ? "" : " (" + outage.note() + ")",
                acknowledged.getAsLong()));
    }
}

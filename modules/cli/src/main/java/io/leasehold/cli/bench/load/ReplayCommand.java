package io.leasehold.cli.bench.load;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.bench.BenchCluster;
import io.leasehold.cli.bench.Scrape;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold bench replay}. */
@Command(
        name = "replay",
        description = {
            "Queue tasks, kill the only coordinator, start it again, and measure how long the replay of its shards takes, as it "
                    + "says itself, and how long it is until all of them serve again, the start of the process included.",
            "There is no warm-up, whatever --warm-up says: what is measured is a process that was just started."
        },
        footer = {"%nExamples:", "  leasehold bench replay --tasks 1000000 --runs 3"})
public final class ReplayCommand extends LoadCommand {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final long LOOK_MS = 10;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    @Mixin
    private TaskCount count = new TaskCount(1_000_000);

    private boolean filled;

    @Override
    String mode() {
        return "replay";
    }

    @Override
    void check(Map<String, Object> settings) {
        if (options.coordinators != 1) {
            throw stage.wrong("--coordinators: " + options.coordinators
                    + " (expected: 1, since others would follow the journal all the time)");
        }
        if (!options.isOwnCluster()) {
            throw stage.wrong("--url: cannot be given here (expected: none, for the coordinator is killed)");
        }
        count.check(stage, settings);
    }

    @Override
    long mostTasks() {
        return count.tasks;
    }

    /** The coordinator that replays was just started, and what passed through beforehand would be replayed as well. */
    @Override
    int warmUpTasks() {
        return 0;
    }

    @Override
    void warmUp(int tasks) {}

    @Override
    Figures measure() throws Exception {
        if (!filled) {
            fill(count.tasks);
            session().awaitLive(count.tasks, "queueing");
            filled = true;
        }
        BenchCluster cluster = session().ownCluster();
        CoordinatorChild dead = cluster.alive().get(0);
        dead.jvm().kill();
        cluster.forget(dead);
        Cpu before = session().cpu();
        long from = System.nanoTime();
        CoordinatorChild again = cluster.restart(dead);
        cluster.join(again);
        awaitServing(cluster, from);
        double seconds = (System.nanoTime() - from) / 1e9;
        Figures figures = new Figures();
        session().cpu().coresSince(before, figures);
        Scrape scrape = Scrape.of(Coordinator.at(again.url(), ANSWER_TIMEOUT));
        double slowest = 0;
        for (int shard = 0; shard < options.shards; shard++) {
            slowest = Math.max(slowest, scrape.ofShard("leasehold_shard_replay_seconds_sum", shard));
        }
        session().awaitLive(count.tasks, "counting");
        return figures.put("replay_seconds", slowest)
                .put("live_tasks_per_second", count.tasks / slowest)
                .put("start_to_serving_seconds", seconds);
    }

    private void awaitServing(BenchCluster cluster, long fromNanos) throws InterruptedException {
        while (!isServing(cluster)) {
            if (System.nanoTime() - fromNanos > PATIENCE_NANOS) {
                throw new Failure("the shards do not serve (expected: within "
                        + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s)");
            }
            session().screen().show(List.of("replaying"));
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private static boolean isServing(BenchCluster cluster) {
        try {
            ClusterView view = cluster.view();
            return view.shards().stream().allMatch(shard -> "active".equals(shard.status()));
        } catch (Failure e) {
            return false;
        }
    }
}

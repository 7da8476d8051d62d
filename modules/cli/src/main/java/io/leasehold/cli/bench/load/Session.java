package io.leasehold.cli.bench.load;

import io.leasehold.api.QueuesView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.bench.BenchCluster;
import io.leasehold.cli.bench.Progress;
import io.leasehold.cli.bench.system.LeaseholdTarget;
import io.leasehold.cli.bench.system.Tag;
import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Watch;
import io.leasehold.cli.bench.system.Work;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.CoordinatorJvm;
import io.leasehold.cli.local.JvmHeap;
import io.leasehold.cli.local.LocalBrokers;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.cli.output.Screen;
import io.leasehold.cli.verify.Verification;
import io.leasehold.client.OperatorClient;
import io.leasehold.core.task.TaskState;
import io.leasehold.verify.ShardVerdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster to measure, its clients, and the numbers of the tasks it has been given. For one thread. */
public final class Session implements AutoCloseable {
    private static final Set<String> LIVE = Stream.of(TaskState.values())
            .filter(state -> !state.isEnd())
            .map(TaskState::word)
            .collect(Collectors.toUnmodifiableSet());
    private static final long LOOK_MS = 20;

    /** Of share groups, for comparisons: members learn their partitions with a heartbeat, every 5 s by default. */
    private static final Map<String, String> JOIN_SOON =
            Map.of("group.share.min.heartbeat.interval.ms", "1000", "group.share.heartbeat.interval.ms", "1000");

    private final LoadOptions options;
    private final Screen screen;
    private final BenchCluster cluster;
    private final String bootstrapServers;
    private final Tag tag = Tag.random();
    private final LeaseholdTarget target;
    private final OperatorClient operator;
    private long next;

    private Session(LoadOptions options, Screen screen, BenchCluster cluster) {
        this.options = options;
        this.screen = screen;
        this.cluster = cluster;
        List<String> urls = cluster == null
                ? options.urls.stream().map(URI::toString).toList()
                : cluster.alive().stream().map(child -> child.url().toString()).toList();
        this.bootstrapServers = cluster == null ? options.bootstrapServers : cluster.bootstrapServers();
        this.target = new LeaseholdTarget(
                urls, tag, options.knobs(), cluster == null ? Map.of() : cluster.processes(), options.durability());
        this.operator = OperatorClient.create(urls.get(0));
    }

    /** @param tasks that may be there at once, at most */
    public static Session open(LoadOptions options, long tasks, Path directory, Screen screen)
            throws IOException, InterruptedException {
        if (!options.isOwnCluster()) {
            return new Session(options, screen, null);
        }
        BenchCluster cluster = cluster(options, tasks, directory);
        try {
            cluster.start(options.coordinators);
            cluster.awaitCalm(view -> {});
            screen.news(options.coordinators + " coordinators, " + options.shards + " shards, " + options.brokers
                    + " brokers, one ZooKeeper; " + options.durability());
            return new Session(options, screen, cluster);
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    static BenchCluster cluster(LoadOptions options, long tasks, Path directory) throws IOException {
        Map<String, String> settings = Map.of(
                "shards", Integer.toString(options.shards),
                "shard.max.tasks", Long.toString(Math.max(1_000_000, 2 * tasks)),
                "shard.max.bytes", Long.toString(64L << 30));
        Map<String, String> broker = options.flushEachBatch ? Map.of("log.flush.interval.messages", "1") : Map.of();
        // From the start, as Kafka's own scripts do it: a small young generation would be collected every second.
        String heap = options.brokerHeapMiB + "m";
        List<String> brokerHeap = JvmHeap.options(heap, heap);
        LocalBrokers brokers = new LocalBrokers(
                directory,
                options.brokers,
                own -> own.withHeapMiB(options.brokerHeapMiB)
                        .withJvmOptions(brokerHeap)
                        .withSettings(broker));
        List<String> jvm = new ArrayList<>(CoordinatorJvm.options(options.heap, options.heap));
        jvm.addAll(options.coordinatorJvm);
        return new BenchCluster(new LocalCluster(directory, settings, brokers), jvm);
    }

    /** @see LeaseholdTarget#usePlainWorkers */
    void usePlainWorkers() {
        target.usePlainWorkers();
    }

    public Target target() {
        return target;
    }

    public Tag tag() {
        return tag;
    }

    Screen screen() {
        return screen;
    }

    /** The cluster that was started for this; refuses if it was there already. */
    BenchCluster ownCluster() {
        if (cluster == null) {
            throw new Failure(
                    "--url: cannot be given here (expected: none, for the cluster's processes are looked into)");
        }
        return cluster;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    Cpu cpu() {
        return Cpu.now(cluster == null ? Map.of() : cluster.processes());
    }

    /** Watches over the next tasks. */
    Watch watch(Work work, int tasks) {
        Watch watch = new Watch(work, next, tasks);
        next += tasks;
        return watch;
    }

    /** Watches over the next tasks and all that were given out before. */
    Watch watchAll(Work work, int tasks) {
        next += tasks;
        return new Watch(work, 0, (int) next);
    }

    public void show(String what, long done, long all) {
        screen.show(List.of(Progress.bar(what, done, all)));
    }

    /** How many tasks of this bench the cluster has that are not over. */
    long live() {
        QueuesView view = operator.queues();
        return view.queues().stream()
                .filter(one -> one.queue().equals(tag.queue()))
                .flatMap(one -> one.states().entrySet().stream())
                .filter(state -> LIVE.contains(state.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Waits until so many are there. */
    void awaitLive(long tasks, String what) throws InterruptedException {
        long now = live();
        while (now < tasks) {
            show(what, now, tasks);
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            now = live();
        }
    }

    /** Throws unless all that was submitted is over. */
    void requireEmpty() {
        long left = live();
        if (left != 0) {
            throw new Failure("tasks left: " + left + " (expected: none after the last completion was acknowledged)");
        }
    }

    /** What the journal proves: {@code proven}, or what it refutes. */
    String verdict() {
        StringBuilder broken = new StringBuilder();
        for (ShardVerdict verdict : Verification.of(bootstrapServers).run((shard, from, at, to) -> {})) {
            verdict.broken()
                    .forEach(one -> broken.append(broken.length() == 0 ? "" : "; ")
                            .append("shard ")
                            .append(verdict.shard())
                            .append(": ")
                            .append(one));
        }
        return broken.length() == 0 ? "proven" : broken.toString();
    }

    @Override
    public void close() {
        target.close();
        operator.close();
        if (cluster != null) {
            if (!options.coordinatorJvm.isEmpty()) {
                // A profiler writes down what it saw when its process ends in order.
                cluster.alive().forEach(CoordinatorChild::close);
            }
            cluster.close();
        }
    }
}

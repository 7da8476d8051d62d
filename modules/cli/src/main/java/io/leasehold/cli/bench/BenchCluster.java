package io.leasehold.cli.bench;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.CoordinatorJvm;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.embedded.ForkedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A cluster whose coordinators come and go. One thread drives it; any may ask who is alive. */
public final class BenchCluster implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final long PAUSE_MS = 100;
    private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final LocalCluster cluster;
    private final List<String> jvmOptions;
    private final List<CoordinatorChild> alive = new CopyOnWriteArrayList<>();

    /** On one broker. */
    BenchCluster(Path directory, Map<String, String> settings, String heap) throws IOException {
        this(new LocalCluster(directory, settings), CoordinatorJvm.options(heap, heap));
    }

    /** @param jvmOptions of each coordinator */
    public BenchCluster(LocalCluster cluster, List<String> jvmOptions) {
        this.cluster = cluster;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    public void start(int coordinators) throws IOException {
        cluster.start();
        for (int i = 1; i <= coordinators; i++) {
            alive.add(cluster.launch("c" + i, Map.of(), jvmOptions));
        }
        alive.forEach(CoordinatorChild::awaitReady);
    }

    /** The processes that serve, by name, and their ids. */
    public Map<String, Long> processes() {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (ForkedBroker broker : cluster.brokers()) {
            pids.put("broker" + (cluster.brokers().size() == 1 ? "" : pids.size() + 1), broker.pid());
        }
        pids.put("zookeeper", cluster.zooKeeper().pid());
        alive.forEach(child -> pids.put("coordinator " + child.id(), child.jvm().pid()));
        return pids;
    }

    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    public List<CoordinatorChild> alive() {
        return alive;
    }

    /** From now on nobody is sent to it. */
    public void forget(CoordinatorChild child) {
        alive.remove(child);
    }

    /** Starts a coordinator that has ended again, under its name and at its address; returns before it is ready. */
    public CoordinatorChild restart(CoordinatorChild dead) throws IOException {
        String port = Integer.toString(dead.url().getPort());
        return cluster.launch(dead.id(), Map.of("listen.port", port), jvmOptions);
    }

    /** It may be asked from now on, ready or not; {@link #awaitCalm} waits until it is. */
    public void join(CoordinatorChild child) {
        alive.add(child);
    }

    public ClusterView view() {
        Coordinator asked = Coordinator.at(alive.get(0).url(), ANSWER_TIMEOUT);
        return Json.readAnswer(asked.get(Routes.CLUSTER), ClusterView.class);
    }

    /** Who owns the most shards, of equals the first. */
    CoordinatorChild busiest(ClusterView view) {
        Map<String, Integer> loads = new HashMap<>();
        view.shards().forEach(shard -> loads.merge(String.valueOf(shard.owner()), 1, Integer::sum));
        return alive.stream()
                .reduce((a, b) -> loads.getOrDefault(b.id(), 0) > loads.getOrDefault(a.id(), 0) ? b : a)
                .orElseThrow(() -> new Failure("coordinators: none alive (expected: one at least)"));
    }

    /** Waits until every shard is served by whom it is assigned to, with a standby that is ready, and nothing moves. */
    public ClusterView awaitCalm(Consumer<ClusterView> progress) throws InterruptedException {
        ClusterView last = null;
        long sinceNanos = System.nanoTime();
        long deadline = sinceNanos + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            ClusterView now = calmView(progress);
            boolean same = now != null && last != null && owners(now).equals(owners(last));
            sinceNanos = same ? sinceNanos : System.nanoTime();
            if (same && System.nanoTime() - sinceNanos > SETTLED_NANOS) {
                return now;
            }
            last = now;
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        throw new Failure("the cluster has not come to rest within 5 minutes; with --directory its logs are kept");
    }

    private ClusterView calmView(Consumer<ClusterView> progress) {
        try {
            ClusterView view = view();
            progress.accept(view);
            boolean ready = alive.stream().allMatch(BenchCluster::isReady);
            return ready && view.shards().stream().allMatch(isCalm()) ? view : null;
        } catch (Failure e) {
            return null;
        }
    }

    private Predicate<ClusterView.ShardView> isCalm() {
        boolean alone = alive.size() == 1;
        return shard -> "active".equals(shard.status())
                && alive.stream().anyMatch(child -> child.id().equals(shard.owner()))
                && (alone
                        || (Boolean.TRUE.equals(shard.standbyReady())
                                && !Objects.equals(shard.standby(), shard.owner())));
    }

    private static boolean isReady(CoordinatorChild child) {
        return Coordinator.at(child.url(), ANSWER_TIMEOUT)
                        .getForAnswer(Routes.READY)
                        .statusCode()
                == 200;
    }

    static List<String> owners(ClusterView view) {
        List<String> owners = new ArrayList<>();
        view.shards().forEach(shard -> owners.add(String.valueOf(shard.owner())));
        return owners;
    }

    @Override
    public void close() {
        cluster.close();
    }
}

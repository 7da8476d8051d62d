package io.leasehold.cli.process;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A broker, a ZooKeeper and two coordinators, a process each, shared by all tests of this JVM, which they end with. Whoever
 * asks for it gets two coordinators that are alive and share the shards, whatever the test before did to them.
 */
final class Pair {
    static final int SESSION_MS = 4_000;

    private static final Map<String, String> SETTINGS =
            Map.of("zookeeper.session.ms", Integer.toString(SESSION_MS), "tick.ms", "500", "proof.max.age.ms", "2000");
    private static Pair shared;

    private final LocalCluster cluster;
    private int started;

    private Pair(LocalCluster cluster) {
        this.cluster = cluster;
    }

    static synchronized Pair shared() throws IOException {
        if (shared == null) {
            Path directory = Files.createDirectories(Path.of("target", "process-tests"));
            LocalCluster cluster = new LocalCluster(
                    Files.createTempDirectory(directory, "cluster-").toAbsolutePath(), SETTINGS);
            cluster.start();
            shared = new Pair(cluster);
        }
        shared.beTwo();
        return shared;
    }

    LocalCluster cluster() {
        return cluster;
    }

    List<CoordinatorChild> alive() {
        return cluster.coordinators().stream().filter(CoordinatorChild::isAlive).toList();
    }

    /** Starts one more; returns once it is ready, which is before it has its share. */
    CoordinatorChild join() throws IOException {
        CoordinatorChild child = cluster.launch("c" + ++started, Map.of());
        child.awaitReady();
        return child;
    }

    /** Who owns the shard now, waiting until somebody alive does. */
    CoordinatorChild ownerOf(int shard, Wire asked) {
        ClusterView view = await(asked, seen -> isServed(seen.shards().get(shard)));
        return byId(view.shards().get(shard).owner());
    }

    CoordinatorChild otherThan(CoordinatorChild one) {
        return alive().stream().filter(child -> child != one).findFirst().orElseThrow();
    }

    /** Waits until a coordinator sees the cluster as wanted. */
    ClusterView await(Wire asked, Predicate<ClusterView> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(asked::cluster, view -> view != null && wanted.test(view));
    }

    /** Every shard is active, and every live coordinator owns some. */
    void awaitShares() {
        await(Wire.to(alive().get(0)), view -> {
            List<String> owners = view.shards().stream()
                    .map(ClusterView.ShardView::owner)
                    .distinct()
                    .toList();
            return view.shards().stream().allMatch(this::isServed)
                    && alive().stream().map(CoordinatorChild::id).allMatch(owners::contains);
        });
    }

    private void beTwo() throws IOException {
        while (alive().size() > 2) {
            alive().get(0).close();
        }
        while (alive().size() < 2) {
            join();
        }
        awaitShares();
    }

    private boolean isServed(ClusterView.ShardView shard) {
        return "active".equals(shard.status())
                && alive().stream().anyMatch(child -> Objects.equals(child.id(), shard.owner()));
    }

    private CoordinatorChild byId(String id) {
        return alive().stream()
                .filter(child -> child.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}

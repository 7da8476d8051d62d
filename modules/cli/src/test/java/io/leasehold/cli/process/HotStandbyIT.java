package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Task;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions last so long that ZooKeeper tells of no death: whoever takes over knows it from the closed connection, or from
 * the silence in the journal.
 */
@Timeout(180)
class HotStandbyIT {
    private static final String SESSION_MS = "60000";
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final Map<String, String> SETTINGS =
            Map.of("zookeeper.session.ms", SESSION_MS, "tick.ms", "500", "proof.max.age.ms", "2000");

    private final List<CoordinatorChild> alive = new ArrayList<>();
    private LocalCluster cluster;

    @BeforeEach
    void start() throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "process-tests"));
        cluster = new LocalCluster(
                Files.createTempDirectory(directory, "standby-").toAbsolutePath(), SETTINGS);
        cluster.start();
        for (String id : List.of("c1", "c2", "c3")) {
            alive.add(cluster.launch(id, Map.of()));
        }
        alive.forEach(CoordinatorChild::awaitReady);
        await(alive.get(0), view -> view.shards().stream().allMatch(HotStandbyIT::hasAReadyStandby));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void shardsOfAKilledOwnerAreServedByTheirStandbysThoughItsSessionLastsAndThoughZooKeeperDies() {
        ClusterView before = Wire.to(alive.get(0)).cluster();
        CoordinatorChild first = byId(before.shards().get(0).owner());
        CoordinatorChild heir = byId(before.shards().get(0).standby());
        kill(first);
        CoordinatorChild third =
                alive.stream().filter(child -> child != heir).findFirst().orElseThrow();

        everyShardTakesATask(third, "killed");
        ClusterView after = Wire.to(third).cluster();
        assertThat(after.coordinators()).extracting(ClusterView.Coordinator::id).contains(first.id());
        assertThat(after.shards().get(0).owner()).isEqualTo(heir.id());

        cluster.zooKeeper().kill();
        await(third, view -> !view.connected());
        kill(third);

        // Now only one is left, and nobody tells it that the shards of the other are its own.
        for (int shard = 0; shard < Homes.SHARDS; shard++) {
            if (before.shards().get(shard).standby().equals(heir.id())
                    || after.shards().get(shard).owner().equals(heir.id())) {
                takesATask(heir, shard, "alone");
            }
        }
    }

    @Test
    void shardsOfAnOwnerThatStandsStillAreServedThoughItsConnectionsStayOpen() {
        ClusterView before = Wire.to(alive.get(0)).cluster();
        CoordinatorChild owner = byId(before.shards().get(0).owner());
        CoordinatorChild heir = byId(before.shards().get(0).standby());

        owner.jvm().pause();
        alive.remove(owner);
        takesATask(heir, 0, "paused");
        owner.jvm().resume();
        alive.add(owner);

        // It finds out, and gets the shard back in good order.
        await(
                heir,
                view -> owner.id().equals(view.shards().get(0).owner())
                        && view.shards().get(0).epoch() > before.shards().get(0).epoch() + 1);
        takesATask(owner, 0, "back");
    }

    private static boolean hasAReadyStandby(ClusterView.ShardView shard) {
        return "active".equals(shard.status())
                && Boolean.TRUE.equals(shard.standbyReady())
                && !Objects.equals(shard.standby(), shard.owner());
    }

    private void kill(CoordinatorChild child) {
        child.jvm().kill();
        alive.remove(child);
    }

    private static void everyShardTakesATask(CoordinatorChild asked, String name) {
        for (int shard = 0; shard < Homes.SHARDS; shard++) {
            takesATask(asked, shard, name);
        }
    }

    private static void takesATask(CoordinatorChild asked, int shard, String name) {
        Wire wire = Wire.to(asked);
        String id = Homes.idAt(shard, name);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> wire.submit(Task.of("standby", 1).id(id)));
    }

    private CoordinatorChild byId(String id) {
        return alive.stream().filter(child -> child.id().equals(id)).findFirst().orElseThrow();
    }

    private static ClusterView await(CoordinatorChild asked, Predicate<ClusterView> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> Wire.to(asked).cluster(), wanted);
    }
}

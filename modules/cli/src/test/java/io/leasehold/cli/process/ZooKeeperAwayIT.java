package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Task;
import io.leasehold.cli.local.CoordinatorChild;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ZooKeeperAwayIT {
    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    @Test
    void ownedShardsServeOnWhileZooKeeperIsAwayAndAfterItsReturn() throws IOException {
        List<CoordinatorChild> both = pair.alive();
        List<String> owners = owners(both.get(0));
        int round = 0;

        pair.cluster().zooKeeper().kill();
        try {
            long end =
                    System.nanoTime() + Duration.ofMillis(2 * Pair.SESSION_MS).toNanos();
            while (System.nanoTime() < end) {
                serves(both.get(round % 2), "away-" + round++);
            }
        } finally {
            pair.cluster().zooKeeper().start();
        }
        pair.await(Wire.to(both.get(0)), view -> view.connected());
        serves(both.get(0), "back");
        pair.awaitShares();

        assertThat(owners(both.get(0))).as("nobody lost a shard").isEqualTo(owners);
    }

    /** A whole life of a task at every shard, through this coordinator. */
    private static void serves(CoordinatorChild coordinator, String name) {
        Wire wire = Wire.to(coordinator);
        for (int shard = 0; shard < Homes.SHARDS; shard++) {
            String id = Homes.idAt(shard, name);
            String queue = "q-" + id;
            assertThat(wire.submit(Task.of(queue, 1).id(id)))
                    .as("submit %s", id)
                    .isTrue();
            CoordinatorChild home = pair.ownerOf(shard, wire);
            Wire owner = Wire.to(home);
            List<Grant> grants = owner.poll("w", queue, 1, 5_000);
            assertThat(grants).as("grants of %s", id).hasSize(1);
            assertThat(wire.heartbeat("w", grants.get(0).lease())).isEqualTo(LeaseStatus.OK);
            assertThat(wire.succeed("w", grants.get(0).lease(), "1")).isEqualTo(ReportStatus.OK);
        }
    }

    private static List<String> owners(CoordinatorChild asked) {
        return Wire.to(asked).cluster().shards().stream()
                .map(shard -> shard.owner() + "@" + shard.epoch())
                .toList();
    }
}

package io.leasehold.client.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leasehold.api.ClusterView.Coordinator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ZooKeeperCoordinatorsIT {
    private final List<List<Coordinator>> told = new CopyOnWriteArrayList<>();
    private TestingServer server;
    private CuratorFramework admin;

    @BeforeEach
    void start() throws Exception {
        server = new TestingServer(true);
        admin = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        admin.start();
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        server.close();
    }

    @Test
    void coordinatorsAreToldAsTheyComeAndGo() throws Exception {
        register("c1", false);
        try (ZooKeeperCoordinators source = ZooKeeperCoordinators.connect(server.getConnectString())) {
            source.start(told::add);
            awaitTold("c1");

            register("c2", false);
            awaitTold("c1", "c2");

            admin.delete().forPath("/leasehold/coordinators/c1");
            awaitTold("c2");
        }
    }

    @Test
    void sourceMayStartBeforeAnyCoordinator() throws Exception {
        try (ZooKeeperCoordinators source = ZooKeeperCoordinators.connect(server.getConnectString(), "/my/root")) {
            source.start(told::add);
            await().until(() -> told.equals(List.of(List.of())));

            admin.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.EPHEMERAL)
                    .forPath("/my/root/coordinators/c1", data("c1", false));

            awaitTold("c1");
        }
    }

    @Test
    void coordinatorThatLeavesIsLeftOutUnlessAllDo() throws Exception {
        register("c1", true);
        register("c2", false);
        try (ZooKeeperCoordinators source = ZooKeeperCoordinators.connect(server.getConnectString())) {
            source.start(told::add);
            awaitTold("c2");

            admin.setData().forPath("/leasehold/coordinators/c2", data("c2", true));
            awaitTold("c1", "c2");
        }
    }

    @Test
    void nodesThatAreNoCoordinatorsAreIgnored() throws Exception {
        register("c1", false);
        admin.create().forPath("/leasehold/coordinators/evil", "{".getBytes(StandardCharsets.UTF_8));
        admin.create().forPath("/leasehold/coordinators/liar", data("c1", false));
        admin.create().forPath("/leasehold/coordinators/empty", new byte[0]);
        try (ZooKeeperCoordinators source = ZooKeeperCoordinators.connect(server.getConnectString())) {
            source.start(told::add);

            awaitTold("c1");
        }
    }

    @Test
    void lastPictureStandsWhileZooKeeperIsAwayAndIsRenewedAfter() throws Exception {
        admin.create().creatingParentsIfNeeded().forPath("/leasehold/coordinators/c1", data("c1", false));
        try (ZooKeeperCoordinators source = ZooKeeperCoordinators.connect(server.getConnectString())) {
            source.start(told::add);
            awaitTold("c1");

            server.stop();
            server.restart();
            admin.close();
            admin = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
            admin.start();
            admin.create().forPath("/leasehold/coordinators/c2", data("c2", false));

            awaitTold("c1", "c2");
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void badSettingsAreRefusedByName() {
        assertThatThrownBy(() -> ZooKeeperCoordinators.connect(" ")).hasMessageStartingWith("connect: ");
        assertThatThrownBy(() -> ZooKeeperCoordinators.connect("h:1", "leasehold/"))
                .hasMessage("root: leasehold/ (expected: a path such as /leasehold)");
    }

    private void register(String id, boolean leaving) throws Exception {
        admin.create()
                .creatingParentsIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .forPath("/leasehold/coordinators/" + id, data(id, leaving));
    }

    private static byte[] data(String id, boolean leaving) {
        return ("{\"id\":\"" + id + "\",\"url\":\"http://" + id + ":8470\",\"startedMs\":5,\"leaving\":" + leaving
                        + ",\"later\":1}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void awaitTold(String... ids) {
        List<Coordinator> expected = List.of(ids).stream()
                .map(id -> new Coordinator(id, "http://" + id + ":8470"))
                .toList();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !told.isEmpty() && told.get(told.size() - 1).equals(expected));
    }
}

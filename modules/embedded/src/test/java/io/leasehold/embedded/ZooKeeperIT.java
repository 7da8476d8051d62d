package io.leasehold.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.ZooKeeper.States;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperIT {
    private static final int SESSION_MS = 10_000;

    @TempDir
    Path directory;

    @Test
    void embeddedServerKeepsItsNodesAndItsPortOverARestart() throws Exception {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.startIn(directory)) {
            write(server.connectString(), "durable");
            String address = server.connectString();
            server.stop();
            server.start();
            assertThat(server.connectString()).isEqualTo(address);
            assertThat(read(address)).isEqualTo("durable");
        }
    }

    @Test
    void embeddedServerLeavesTheHandlerOfUncaughtExceptionsAlone() throws Exception {
        Thread.UncaughtExceptionHandler before = (thread, cause) -> {};
        Thread.setDefaultUncaughtExceptionHandler(before);
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.startIn(directory)) {
            assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
            assertThat(server.connectString()).startsWith("127.0.0.1:");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }

    @Test
    void forkedServerKeepsItsNodesOverAKill() throws Exception {
        try (ForkedZooKeeper server = new ForkedZooKeeper(ZooKeeperOptions.in(directory))) {
            server.start();
            write(server.connectString(), "durable");
            server.kill();
            server.start();
            assertThat(read(server.connectString())).isEqualTo("durable");
        }
    }

    @Test
    void ensembleServesWhileOneOfThreeIsDownAndKeepsItsNodesOverAKillOfAll() throws Exception {
        List<String> members = IntStream.range(0, 3)
                .mapToObj(i -> "127.0.0.1:" + FreePort.take() + ":" + FreePort.take())
                .toList();
        List<ForkedZooKeeper> servers = new ArrayList<>();
        try {
            for (int id = 1; id <= 3; id++) {
                servers.add(new ForkedZooKeeper(
                        ZooKeeperOptions.in(directory.resolve("zk-" + id)).asMember(id, members)));
            }
            startAll(servers);
            servers.get(2).kill();
            write(servers.get(0).connectString() + "," + servers.get(1).connectString(), "durable");
            servers.get(0).kill();
            servers.get(1).kill();
            startAll(servers);
            assertThat(read(servers.get(2).connectString())).isEqualTo("durable");
        } finally {
            servers.forEach(ForkedZooKeeper::close);
        }
    }

    @Test
    void wipedServerHasNothingLeft() throws Exception {
        try (ForkedZooKeeper server = new ForkedZooKeeper(ZooKeeperOptions.in(directory))) {
            server.start();
            write(server.connectString(), "durable");
            server.kill();
            server.wipe();
            server.start();
            ZooKeeper client = connect(server.connectString());
            assertThat(client.exists("/kept", false)).isNull();
            client.close();
        }
    }

    private static void startAll(List<ForkedZooKeeper> servers) throws Exception {
        for (ForkedZooKeeper server : servers) {
            server.launch();
        }
        for (ForkedZooKeeper server : servers) {
            server.awaitReady();
        }
    }

    private static void write(String address, String text) throws Exception {
        ZooKeeper client = connect(address);
        client.create("/kept", text.getBytes(StandardCharsets.UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.close();
    }

    private static String read(String address) throws Exception {
        ZooKeeper client = connect(address);
        try {
            return new String(client.getData("/kept", false, null), StandardCharsets.UTF_8);
        } finally {
            client.close();
        }
    }

    private static ZooKeeper connect(String address) throws Exception {
        ZooKeeper client = new ZooKeeper(address, SESSION_MS, event -> {});
        await().atMost(Duration.ofSeconds(20)).until(() -> client.getState() == States.CONNECTED);
        return client;
    }
}

package io.leasehold.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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

package io.leasehold.chaos.cluster;

import io.leasehold.embedded.ForkedZooKeeper;
import io.leasehold.embedded.FreePort;
import io.leasehold.embedded.ZooKeeperOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One ZooKeeper, or an ensemble of three. Not thread-safe. */
public final class ZooKeepers implements AutoCloseable {
    private final List<ForkedZooKeeper> servers = new ArrayList<>();
    private final int[] ports;

    ZooKeepers(Path directory, int count) throws IOException {
        ports = IntStream.range(0, count).map(i -> FreePort.take()).toArray();
        List<String> members = IntStream.range(0, count)
                .mapToObj(i -> "127.0.0.1:" + FreePort.take() + ":" + FreePort.take())
                .toList();
        for (int i = 0; i < count; i++) {
            ZooKeeperOptions options = ZooKeeperOptions.in(directory.resolve("zookeeper-" + (i + 1)))
                    .withPort(ports[i])
                    .withoutFsync();
            servers.add(new ForkedZooKeeper(count == 1 ? options : options.asMember(i + 1, members)));
        }
    }

    /** Starts all that are down; returns when all serve. */
    public void startAll() throws IOException {
        List<ForkedZooKeeper> down =
                servers.stream().filter(server -> !server.isAlive()).toList();
        for (ForkedZooKeeper server : down) {
            server.launch();
        }
        for (ForkedZooKeeper server : down) {
            server.awaitReady();
        }
    }

    /** SIGKILL to all of them. */
    public void killAll() {
        servers.stream().filter(ForkedZooKeeper::isAlive).forEach(ForkedZooKeeper::kill);
    }

    /** Removes all that they have stored; they must be down. */
    public void wipeAll() throws IOException {
        for (ForkedZooKeeper server : servers) {
            server.wipe();
        }
    }

    public int count() {
        return servers.size();
    }

    public ForkedZooKeeper server(int i) {
        return servers.get(i);
    }

    int port(int i) {
        return ports[i];
    }

    @Override
    public void close() {
        killAll();
    }
}

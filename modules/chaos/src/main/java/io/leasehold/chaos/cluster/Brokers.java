package io.leasehold.chaos.cluster;

import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * One broker, or three that are controllers too. Besides the listener that is for everyone, each has one for every
 * coordinator, which it announces under the address of a proxy. Not thread-safe, but for different brokers.
 */
public final class Brokers implements AutoCloseable {
    private final List<ForkedBroker> brokers = new ArrayList<>();
    private final List<DataDisk> disks = new ArrayList<>();
    private final int[][] listenPorts;

    /** @param proxyPorts by broker, then by coordinator: where the coordinator is told to reach the broker */
    Brokers(Path directory, int[][] proxyPorts, boolean smallDisks) throws IOException {
        int count = proxyPorts.length;
        int[] controllers = ports(count);
        String voters = IntStream.range(0, count)
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllers[i])
                .collect(Collectors.joining(","));
        String clusterId = Uuid.randomUuid().toString();
        listenPorts = new int[count][];
        for (int i = 0; i < count; i++) {
            Path home = directory.resolve("kafka-" + (i + 1));
            disks.add(smallDisks ? DataDisk.mount(home.resolve("data")) : null);
            listenPorts[i] = ports(proxyPorts[i].length);
            int port = FreePort.take();
            BrokerOptions options = BrokerOptions.in(home)
                    .withPort(port)
                    .withJvmOptions(BrokerOptions.QUICK_START)
                    .withSettings(settings(port, controllers[i], listenPorts[i], proxyPorts[i]));
            brokers.add(new ForkedBroker(
                    count == 1
                            ? options.asMember(1, controllers[0], "", "")
                            : options.asMember(i + 1, controllers[i], voters, clusterId)));
        }
    }

    /** Starts all that are down, side by side; returns when all answer. */
    public void startAll() throws IOException {
        List<ForkedBroker> down =
                brokers.stream().filter(broker -> !broker.isAlive()).toList();
        for (ForkedBroker broker : down) {
            broker.launch();
        }
        for (ForkedBroker broker : down) {
            broker.awaitReady();
        }
    }

    public int count() {
        return brokers.size();
    }

    public ForkedBroker broker(int i) {
        return brokers.get(i);
    }

    /** The broker's small disk, or null if it has none of its own. */
    public DataDisk disk(int i) {
        return disks.get(i);
    }

    /** Where a broker listens for one coordinator, behind the proxy. */
    int listenPort(int broker, int coordinator) {
        return listenPorts[broker][coordinator];
    }

    /** For everyone but the coordinators: no proxy lies before it. */
    public String bootstrapServers() {
        return brokers.stream().map(ForkedBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        for (ForkedBroker broker : brokers) {
            if (broker.isAlive()) {
                broker.kill();
            }
        }
        for (DataDisk disk : disks) {
            if (disk != null) {
                disk.close();
            }
        }
    }

    private static Map<String, String> settings(int port, int controllerPort, int[] listen, int[] announced) {
        StringBuilder listeners =
                new StringBuilder("PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        StringBuilder addresses = new StringBuilder("PLAINTEXT://127.0.0.1:" + port);
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        for (int c = 0; c < listen.length; c++) {
            listeners.append(",C").append(c + 1).append("://127.0.0.1:").append(listen[c]);
            addresses.append(",C").append(c + 1).append("://127.0.0.1:").append(announced[c]);
            protocols.append(",C").append(c + 1).append(":PLAINTEXT");
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", listeners.toString());
        settings.put("advertised.listeners", addresses.toString());
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        // Retention that somebody sets for a moment must raise an alarm, not delete: that would end the cluster's life.
        settings.put("log.retention.check.interval.ms", "86400000");
        return settings;
    }

    private static int[] ports(int count) {
        return IntStream.range(0, count).map(i -> FreePort.take()).toArray();
    }
}

package io.leasehold.chaos.cluster;

import io.leasehold.chaos.net.Proxy;
import io.leasehold.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A whole cluster of processes. Its parts may be asked for from any thread, and are each used by one at a time. */
public final class ChaosCluster implements AutoCloseable {
    public static final int COORDINATORS = 3;
    public static final int SHARDS = 4;

    /** Of the coordinators' ZooKeeper sessions, their default: what is paused for longer is taken for dead. */
    public static final int SESSION_MS = 6_000;

    public static final int MAX_EXPIRIES = 3;

    private static final int SECRET_BYTES = 32;
    private static final int CARRY_FROM_BYTES = 128 * 1024;

    private final long historyMs;
    private final Brokers brokers;
    private final ZooKeepers zooKeepers;
    private final List<CoordinatorNode> coordinators = new ArrayList<>();

    /**
     * @param smallDisks whether brokers get disks that can be filled
     * @param historyMs how long records of the journal are kept that no replay needs
     */
    public ChaosCluster(Path directory, int brokerCount, int zooKeeperCount, boolean smallDisks, long historyMs)
            throws IOException {
        this.historyMs = historyMs;
        int[][] proxyPorts = IntStream.range(0, brokerCount)
                .mapToObj(i -> IntStream.range(0, COORDINATORS)
                        .map(c -> FreePort.take())
                        .toArray())
                .toArray(int[][]::new);
        brokers = new Brokers(directory, proxyPorts, smallDisks);
        zooKeepers = new ZooKeepers(directory, zooKeeperCount);
        String key = key();
        for (int c = 0; c < COORDINATORS; c++) {
            List<Proxy> kafka = new ArrayList<>();
            for (int b = 0; b < brokerCount; b++) {
                kafka.add(Proxy.start(proxyPorts[b][c], brokers.listenPort(b, c)));
            }
            List<Proxy> zooKeeper = new ArrayList<>();
            for (int z = 0; z < zooKeeperCount; z++) {
                zooKeeper.add(Proxy.start(FreePort.take(), zooKeepers.port(z)));
            }
            coordinators.add(node(directory, c, key, kafka, zooKeeper));
        }
    }

    private CoordinatorNode node(Path directory, int c, String key, List<Proxy> kafka, List<Proxy> zooKeeper)
            throws IOException {
        int port = FreePort.take();
        Proxy http = Proxy.start(FreePort.take(), port);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("coordinator.id", "c" + (c + 1));
        settings.put("listen.port", Integer.toString(port));
        settings.put("advertised.url", "http://" + http.address());
        settings.put("bootstrap.servers", addresses(kafka));
        settings.put("zookeeper.connect", addresses(zooKeeper));
        settings.put("topic.replication.factor", Integer.toString(brokers.count()));
        settings.put("topic.check.interval.ms", "1000");
        settings.put("zookeeper.session.ms", Integer.toString(SESSION_MS));
        settings.put("max.expiries", Integer.toString(MAX_EXPIRIES));
        // A short journal, so that it is carried, trimmed and deleted while faults go on.
        settings.put("journal.carry.from.bytes", Integer.toString(CARRY_FROM_BYTES));
        settings.put("journal.history.ms", Long.toString(historyMs));
        settings.put("shards", Integer.toString(SHARDS));
        settings.put("cluster.keys", key);
        FakeClock clock =
                FakeClock.in(directory.resolve("c" + (c + 1) + ".clock")).orElse(null);
        return new CoordinatorNode(directory, settings, clock, http, kafka, zooKeeper);
    }

    /** Starts everything; returns when Kafka and ZooKeeper serve, which is before the coordinators do. */
    public void start() throws IOException {
        zooKeepers.startAll();
        brokers.startAll();
        for (CoordinatorNode coordinator : coordinators) {
            coordinator.start();
        }
    }

    public Brokers brokers() {
        return brokers;
    }

    public ZooKeepers zooKeepers() {
        return zooKeepers;
    }

    public List<CoordinatorNode> coordinators() {
        return List.copyOf(coordinators);
    }

    /** All coordinators' addresses, as workers and clients know them. */
    public List<String> urls() {
        return coordinators.stream().map(CoordinatorNode::url).toList();
    }

    /** Ends everything at once; the data is not meant to be used again. */
    @Override
    public void close() {
        coordinators.forEach(CoordinatorNode::close);
        brokers.close();
        zooKeepers.close();
    }

    private static String addresses(List<Proxy> proxies) {
        return proxies.stream().map(Proxy::address).collect(Collectors.joining(","));
    }

    private static String key() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return "k1:" + Base64.getEncoder().encodeToString(secret);
    }
}

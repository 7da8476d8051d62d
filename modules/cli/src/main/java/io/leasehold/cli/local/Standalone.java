package io.leasehold.cli.local;

import io.leasehold.api.ClusterView;
import io.leasehold.api.ClusterView.ShardView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.EmbeddedZooKeeper;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.embedded.ZooKeeperOptions;
import io.leasehold.server.CoordinatorProcess;
import io.leasehold.server.config.ConfigSources;
import io.leasehold.server.config.CoordinatorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Everything at once: ZooKeeper and a coordinator in this process, Kafka in a child of it, all data in one directory and all
 * ports on the loopback address. When this process ends, however it does, the broker ends too. Not thread-safe.
 */
final class Standalone implements AutoCloseable {
    /** Short: the session of a killed run must be over before the next one owns its shards. */
    private static final String SESSION_MS = "2000";

    private static final Duration SHARDS_PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 50;

    private final DataLock lock;
    private final EmbeddedZooKeeper zooKeeper;
    private final ForkedBroker broker;
    private final CoordinatorConfig config;
    private CoordinatorProcess coordinator;
    private List<ShardView> stopped = List.of();

    /** Where things listen. */
    record Ports(int http, int kafka, int zooKeeper) {}

    /** Takes the directory; nothing runs before {@link #start}. */
    Standalone(Path data, Ports ports, Map<String, String> overrides) throws IOException {
        this.lock = DataLock.take(data);
        this.zooKeeper = new EmbeddedZooKeeper(
                ZooKeeperOptions.in(data.resolve("zookeeper")).withPort(ports.zooKeeper()));
        this.broker = new ForkedBroker(BrokerOptions.in(data.resolve("kafka")).withPort(ports.kafka()));
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "coordinator.id", "standalone",
                "listen.port", Integer.toString(ports.http()),
                "bootstrap.servers", broker.bootstrapServers(),
                "zookeeper.connect", zooKeeper.connectString(),
                "zookeeper.session.ms", SESSION_MS,
                "topic.replication.factor", "1",
                "cluster.keys", ClusterKey.in(data)));
        settings.putAll(overrides);
        this.config = new ConfigSources().overrides(settings).read();
    }

    /** Returns once tasks are served, by all shards but those in {@link #stopped}. */
    void start() throws Exception {
        broker.launch();
        zooKeeper.start();
        broker.awaitReady();
        coordinator = CoordinatorProcess.start(config);
        awaitShards();
    }

    /** A coordinator is a member of its cluster before it owns anything. */
    private void awaitShards() throws InterruptedException {
        Coordinator asked = Coordinator.at(URI.create(coordinator.url()), Duration.ofSeconds(5));
        long deadline = System.nanoTime() + SHARDS_PATIENCE.toNanos();
        ClusterView seen = cluster(asked);
        while (seen.shards().stream().anyMatch(shard -> !isActive(shard) && !isStopped(shard))) {
            if (System.nanoTime() > deadline) {
                throw new Failure("shards: not all served after " + SHARDS_PATIENCE.toSeconds()
                        + " s (expected: all); ask: leasehold cluster --url " + coordinator.url());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            seen = cluster(asked);
        }
        stopped = seen.shards().stream().filter(Standalone::isStopped).toList();
    }

    private static ClusterView cluster(Coordinator asked) {
        return Json.readAnswer(asked.get(Routes.CLUSTER), ClusterView.class);
    }

    private static boolean isActive(ShardView shard) {
        return "active".equals(shard.status());
    }

    /** Only a person can mend that, and needs the broker and the coordinator for it. */
    private static boolean isStopped(ShardView shard) {
        return "stopped".equals(shard.status());
    }

    /** Once started: the shards that are not served, for a reason that only a person can mend; mostly none. */
    List<ShardView> stopped() {
        return stopped;
    }

    boolean isServing() {
        return !coordinator.hasEnded();
    }

    String url() {
        return coordinator.url();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    String zooKeeperConnect() {
        return zooKeeper.connectString();
    }

    ForkedBroker broker() {
        return broker;
    }

    @Override
    public void close() throws IOException {
        try {
            if (coordinator != null) {
                coordinator.close();
            }
        } finally {
            broker.close();
            zooKeeper.close();
            lock.close();
        }
    }
}

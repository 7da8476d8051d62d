package io.leasehold.cli.local;

import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.embedded.ForkedZooKeeper;
import io.leasehold.embedded.FreePort;
import io.leasehold.embedded.ZooKeeperOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real cluster on the loopback address: brokers, one ZooKeeper and any number of coordinators, each a process of its
 * own. All end with this process. Not thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
    private static final List<String> FOR_FEW_TASKS =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final Map<String, String> settings;
    private final LocalBrokers brokers;
    private final ForkedZooKeeper zooKeeper;
    private final List<CoordinatorChild> coordinators = new ArrayList<>();

    /** @param settings of every coordinator, over those that make it part of this cluster */
    public LocalCluster(Path directory, Map<String, String> settings) throws IOException {
        this(
                directory,
                settings,
                new LocalBrokers(directory, 1, options -> options.withJvmOptions(BrokerOptions.QUICK_START)));
    }

    /** On these brokers, which are started and ended with it. */
    public LocalCluster(Path directory, Map<String, String> settings, LocalBrokers brokers) throws IOException {
        this.directory = directory;
        this.brokers = brokers;
        this.zooKeeper = new ForkedZooKeeper(ZooKeeperOptions.in(directory.resolve("zookeeper")));
        this.settings = new LinkedHashMap<>(Map.of(
                "bootstrap.servers", brokers.bootstrapServers(),
                "zookeeper.connect", zooKeeper.connectString(),
                "topic.replication.factor", Integer.toString(brokers.replicas()),
                "cluster.keys", ClusterKey.random()));
        this.settings.putAll(settings);
    }

    /** Starts the brokers and ZooKeeper side by side; returns when all serve. */
    public void start() throws IOException {
        brokers.launch();
        zooKeeper.start();
        brokers.awaitReady();
    }

    /** Starts one more coordinator, with settings of its own over the cluster's; returns before it is ready. */
    public CoordinatorChild launch(String id, Map<String, String> own) throws IOException {
        return launch(id, own, FOR_FEW_TASKS);
    }

    /** The same, with these options of the JVM. */
    public CoordinatorChild launch(String id, Map<String, String> own, List<String> jvmOptions) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("coordinator.id", id);
        all.put("listen.port", Integer.toString(FreePort.take()));
        all.putAll(own);
        CoordinatorChild child = CoordinatorChild.launch(directory, all, jvmOptions);
        coordinators.add(child);
        return child;
    }

    public String bootstrapServers() {
        return brokers.bootstrapServers();
    }

    /** The first of the brokers. */
    public ForkedBroker broker() {
        return brokers.all().get(0);
    }

    public List<ForkedBroker> brokers() {
        return brokers.all();
    }

    public ForkedZooKeeper zooKeeper() {
        return zooKeeper;
    }

    /** All coordinators that were ever started, the dead ones too. */
    public List<CoordinatorChild> coordinators() {
        return List.copyOf(coordinators);
    }

    /** Ends everything at once, in no good order: the data is not meant to be used again. */
    @Override
    public void close() {
        for (CoordinatorChild coordinator : coordinators) {
            coordinator.jvm().kill();
        }
        brokers.kill();
        if (zooKeeper.isAlive()) {
            zooKeeper.kill();
        }
    }
}

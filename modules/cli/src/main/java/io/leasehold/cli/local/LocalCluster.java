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
 * A real cluster on the loopback address: one broker, one ZooKeeper and any number of coordinators, each a process of its
 * own. All end with this process. Not thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
    private static final List<String> FOR_FEW_TASKS =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final Map<String, String> settings;
    private final ForkedBroker broker;
    private final ForkedZooKeeper zooKeeper;
    private final List<CoordinatorChild> coordinators = new ArrayList<>();

    /** @param settings of every coordinator, over those that make it part of this cluster */
    public LocalCluster(Path directory, Map<String, String> settings) throws IOException {
        this.directory = directory;
        this.broker = new ForkedBroker(
                BrokerOptions.in(directory.resolve("kafka")).withJvmOptions(BrokerOptions.QUICK_START));
        this.zooKeeper = new ForkedZooKeeper(ZooKeeperOptions.in(directory.resolve("zookeeper")));
        this.settings = new LinkedHashMap<>(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "zookeeper.connect", zooKeeper.connectString(),
                "topic.replication.factor", "1",
                "cluster.keys", ClusterKey.random()));
        this.settings.putAll(settings);
    }

    /** Starts the broker and ZooKeeper side by side; returns when both serve. */
    public void start() throws IOException {
        broker.launch();
        zooKeeper.start();
        broker.awaitReady();
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
        return broker.bootstrapServers();
    }

    public ForkedBroker broker() {
        return broker;
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
        if (broker.isAlive()) {
            broker.kill();
        }
        if (zooKeeper.isAlive()) {
            zooKeeper.kill();
        }
    }
}

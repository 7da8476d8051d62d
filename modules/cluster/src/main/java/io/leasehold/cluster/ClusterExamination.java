package io.leasehold.cluster;

import io.leasehold.cluster.TreeReader.Node;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.LogIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The cluster as ZooKeeper has it, for those who look at it without being part of it: nothing is written. Blocks; not
 * thread-safe.
 */
public final class ClusterExamination implements AutoCloseable {
    private final ClusterOptions options;
    private final ZooKeeperConnection connection;
    private final ClusterPaths paths;
    private final Duration patience;

    private ClusterExamination(ClusterOptions options, ZooKeeperConnection connection, Duration patience) {
        this.options = options;
        this.connection = connection;
        this.paths = new ClusterPaths(options.root());
        this.patience = patience;
    }

    /**
     * @param patience how long to wait for a connection, and for each answer
     * @throws ClusterException if there is no connection in time
     */
    public static ClusterExamination open(ClusterOptions options, Duration patience) {
        ZooKeeperConnection connection = ZooKeeperConnection.open(options);
        try {
            connection.awaitConnected(patience);
            return new ClusterExamination(options, connection, patience);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** How long a coordinator may be silent until it is taken for dead, as the server granted it. */
    public int sessionMs() {
        try {
            return connection.client().getZookeeperClient().getZooKeeper().getSessionTimeout();
        } catch (Exception e) {
            throw new ClusterException(
                    "zookeeper.connect: " + options.connect() + " (expected: an answer; " + e + ")", e);
        }
    }

    /** How long one read takes, in milliseconds: the median of several. */
    public double latencyMs() {
        double[] times = new double[5];
        for (int i = 0; i < times.length; i++) {
            long before = System.nanoTime();
            pin();
            times[i] = (System.nanoTime() - before) / 1e6;
        }
        java.util.Arrays.sort(times);
        return times[times.length / 2];
    }

    /** What the cluster was made with, or empty if no coordinator was ever there. */
    public Optional<LogIdentity> pin() {
        return new ClusterPin(connection.client(), paths).read().map(Pin::identity);
    }

    /**
     * Members and shards.
     *
     * @param shards how many there are
     */
    public ClusterMap map(int shards) {
        Map<String, Node> nodes = new HashMap<>();
        try {
            new TreeReader(connection.client(), paths)
                    .all()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((path, node) -> node.ifPresent(there -> nodes.put(path, there)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("zookeeper: interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException(
                    "zookeeper.connect: " + options.connect() + " (expected: an answer; " + e + ")", e);
        }
        Member nobody = new Member("", "", 0, false);
        return ClusterPicture.of(nodes, paths, nobody, List.of(shards), shards, new OddNodes())
                .map();
    }

    @Override
    public void close() {
        connection.close();
    }
}

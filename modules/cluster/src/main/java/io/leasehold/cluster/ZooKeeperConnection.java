package io.leasehold.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Curator client: opened at once, connected when ZooKeeper is there, and loud for as long as it is not. */
final class ZooKeeperConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperConnection.class);
    private static final int COMPLAIN_EVERY_S = 5;
    private static final int RETRY_FIRST_MS = 100;
    private static final int RETRY_MAX_MS = 1_000;
    private static final int RETRIES = 3;

    /** Told from Curator's thread, which must not be held up. */
    interface Listener {
        /** @param connected false when suspended or lost, which says nothing about the other coordinators */
        void connection(boolean connected);
    }

    private final ClusterOptions options;
    private final CuratorFramework client;
    private final ScheduledExecutorService complaints =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("leasehold-cluster-connection"));
    private volatile long awaySinceNanos = System.nanoTime();
    private volatile boolean connected;

    ZooKeeperConnection(ClusterOptions options) {
        this.options = options;
        client = CuratorFrameworkFactory.builder()
                .connectString(options.connect())
                .sessionTimeoutMs(options.sessionTimeoutMs())
                .connectionTimeoutMs(options.connectionTimeoutMs())
                .retryPolicy(new BoundedExponentialBackoffRetry(RETRY_FIRST_MS, RETRY_MAX_MS, RETRIES))
                // The tracker swaps the operator's addresses for those the ensemble believes it has, which need not
                // be reachable from here.
                .ensembleTracker(false)
                .build();
        client.getConnectionStateListenable().addListener((ignored, state) -> changed(state));
    }

    static ZooKeeperConnection open(ClusterOptions options) {
        ZooKeeperConnection connection = new ZooKeeperConnection(options);
        connection.client.start();
        connection.complaints.scheduleWithFixedDelay(
                connection::complainIfAway, COMPLAIN_EVERY_S, COMPLAIN_EVERY_S, TimeUnit.SECONDS);
        return connection;
    }

    CuratorFramework client() {
        return client;
    }

    /** From now on; and at once if it is connected already, in which case the listener may hear it twice. */
    void listen(Listener listener) {
        client.getConnectionStateListenable().addListener((ignored, state) -> listener.connection(state.isConnected()));
        if (connected) {
            listener.connection(true);
        }
    }

    /** @throws ClusterException if there is no connection in time */
    void awaitConnected(Duration atMost) {
        try {
            if (!client.blockUntilConnected((int) Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
                throw new ClusterException(away("no connection within " + atMost.toMillis() + " ms"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(away("interrupted while waiting"), e);
        }
    }

    long sessionId() throws Exception {
        return client.getZookeeperClient().getZooKeeper().getSessionId();
    }

    /** Ends the session, and with it all ephemeral nodes. */
    @Override
    public void close() {
        complaints.shutdownNow();
        client.close();
    }

    private void changed(ConnectionState state) {
        boolean was = connected;
        connected = state.isConnected();
        if (connected) {
            LOG.info("Connected to ZooKeeper at {} ({}), root {}", options.connect(), state, options.root());
            logSession();
            return;
        }
        if (was) {
            awaySinceNanos = System.nanoTime();
        }
        LOG.warn(
                "ZooKeeper at {} is {}: owned shards go on, nothing is taken over until it is back",
                options.connect(),
                state);
    }

    private void logSession() {
        try {
            int granted = client.getZookeeperClient().getZooKeeper().getSessionTimeout();
            int asked = options.sessionTimeoutMs();
            LOG.info("ZooKeeper session {} with a time-out of {} ms", Long.toHexString(sessionId()), granted);
            if (granted != asked) {
                LOG.warn(
                        "zookeeper.session.timeout.ms: {} ms granted (expected: {} ms as asked; "
                                + "the server's tickTime and min/maxSessionTimeout bound it)",
                        granted,
                        asked);
            }
        } catch (Exception e) {
            LOG.warn("The session's time-out could not be read", e);
        }
    }

    private void complainIfAway() {
        if (!connected) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - awaySinceNanos);
            LOG.warn(away("no connection for " + seconds + " s, still trying"));
        }
    }

    private String away(String what) {
        return "zookeeper.connect: " + options.connect() + " (expected: a reachable ZooKeeper; " + what + ")";
    }
}

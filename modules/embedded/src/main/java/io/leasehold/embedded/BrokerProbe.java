package io.leasehold.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks whether a broker is up: first its port, so that a client that warns of every failure is made only then. */
final class BrokerProbe {
    /** How long to wait between two probes. */
    static final Duration PAUSE = Duration.ofMillis(50);

    private static final int CONNECT_MS = 200;
    private static final int ANSWER_MS = 5_000;

    private final String bootstrapServers;
    private final InetSocketAddress address;
    private final int nodeId;

    BrokerProbe(String bootstrapServers, int nodeId) {
        this.bootstrapServers = bootstrapServers;
        int colon = bootstrapServers.lastIndexOf(':');
        this.address = new InetSocketAddress(
                bootstrapServers.substring(0, colon), Integer.parseInt(bootstrapServers.substring(colon + 1)));
        this.nodeId = nodeId;
    }

    /** Whether the broker says that it is a member of its cluster. */
    boolean answers() {
        return listens() && isMember();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isMember() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_MS);
        Admin admin = Admin.create(settings);
        try {
            return admin.describeCluster().nodes().get(ANSWER_MS, TimeUnit.MILLISECONDS).stream()
                    .anyMatch(node -> node.id() == nodeId);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            // Without a limit it may wait for ever for a broker that stands still.
            admin.close(Duration.ZERO);
        }
    }
}

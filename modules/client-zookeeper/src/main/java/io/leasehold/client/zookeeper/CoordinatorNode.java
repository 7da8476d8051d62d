package io.leasehold.client.zookeeper;

import io.leasehold.api.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a coordinator writes into its node. Anybody who reaches ZooKeeper may have written it. */
record CoordinatorNode(String id, String url, long startedMs, boolean leaving) {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperCoordinators.class);
    private static final int MOST_URL_CHARS = 300;
    private static final int MOST_PORT = 65_535;

    /** Empty if the data are not a coordinator's, or another one's than the node says. */
    static Optional<CoordinatorNode> read(String name, byte[] data) {
        try {
            CoordinatorNode node = Json.readAnswer(data == null ? new byte[0] : data, CoordinatorNode.class);
            if (node != null && name.equals(node.id) && isAddress(node.url)) {
                return Optional.of(node);
            }
        } catch (UncheckedIOException e) {
            LOG.debug("node {}", name, e);
        }
        LOG.warn(
                "Ignoring the coordinator node {}, whose data are not its id and address (expected: http://host:port or"
                        + " https://host:port)",
                name);
        return Optional.empty();
    }

    /** The rules by which coordinators read each other's nodes; and nothing may follow that would swallow our paths. */
    private static boolean isAddress(String url) {
        if (url == null || url.length() > MOST_URL_CHARS) {
            return false;
        }
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= MOST_PORT);
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return http && port && bare && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

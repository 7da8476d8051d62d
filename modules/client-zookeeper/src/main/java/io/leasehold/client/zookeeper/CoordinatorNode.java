package io.leasehold.client.zookeeper;

import io.leasehold.api.Json;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a coordinator writes into its node. */
record CoordinatorNode(String id, String url, long startedMs, boolean leaving) {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperCoordinators.class);

    /** Empty if the data are not a coordinator's, or another one's than the node says. */
    static Optional<CoordinatorNode> read(String name, byte[] data) {
        try {
            CoordinatorNode node = Json.readAnswer(data == null ? new byte[0] : data, CoordinatorNode.class);
            if (node != null && name.equals(node.id) && node.url != null) {
                return Optional.of(node);
            }
        } catch (UncheckedIOException e) {
            LOG.debug("node {}", name, e);
        }
        LOG.warn("Ignoring the coordinator node {}, whose data are not its id and address", name);
        return Optional.empty();
    }
}

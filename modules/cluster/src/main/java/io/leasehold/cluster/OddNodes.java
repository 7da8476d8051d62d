package io.leasehold.cluster;

import io.leasehold.cluster.TreeReader.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that are not what they should be, and were left out: each is complained of once for as long as it stays as it
 * is. The watch thread's.
 */
final class OddNodes {
    private static final Logger LOG = LoggerFactory.getLogger(OddNodes.class);
    private static final int MOST = 10_000;

    private final Map<String, Node> complained = new HashMap<>();

    /** The node is left out, for this reason. */
    void leftOut(String path, Node node, String why) {
        Node before = complained.get(path);
        if (before == null || before.version() != node.version() || !Arrays.equals(before.content(), node.content())) {
            if (complained.size() >= MOST) {
                complained.clear();
            }
            complained.put(path, node);
            LOG.warn("{}; it is left out until it is mended or deleted", why);
        }
    }
}

package io.leasehold.cluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * The content of {@code assignment}.
 *
 * @param version counts the assignments made
 * @param shards which coordinator is to own which shard
 */
record AssignmentNode(long version, Map<Integer, String> shards) {
    static final AssignmentNode NONE = new AssignmentNode(0, Map.of());

    AssignmentNode {
        shards = shards == null ? Map.of() : new TreeMap<>(shards);
    }
}

package io.leasehold.cluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * The content of {@code assignment}.
 *
 * @param version counts the assignments made
 * @param shards which coordinator is to own which shard
 * @param standbys which coordinator is to follow which shard, ready to take it over
 */
record AssignmentNode(long version, Map<Integer, String> shards, Map<Integer, String> standbys) {
    static final AssignmentNode NONE = new AssignmentNode(0, Map.of(), Map.of());

    AssignmentNode {
        shards = shards == null ? Map.of() : new TreeMap<>(shards);
        standbys = standbys == null ? Map.of() : new TreeMap<>(standbys);
    }
}

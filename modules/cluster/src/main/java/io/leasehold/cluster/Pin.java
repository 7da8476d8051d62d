package io.leasehold.cluster;

import io.leasehold.coordinator.port.LogIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The content of {@code pin}: what the cluster was made with, and how many shards it has had since.
 *
 * @param shards how many there are; also the last of the counts, for programs that know no history
 * @param counts how many there were at first, and after each growth
 */
public record Pin(String clusterId, int shards, List<Integer> counts, String journalTopicId, String inboxTopicId) {

    public Pin {
        counts = counts == null || counts.isEmpty() ? List.of(shards) : List.copyOf(counts);
    }

    /** Of a cluster that has not grown yet. */
    static Pin of(LogIdentity log) {
        return new Pin(log.clusterId(), log.shards(), List.of(log.shards()), log.journalTopicId(), log.inboxTopicId());
    }

    /** The logs, with as many shards as there are now. */
    public LogIdentity identity() {
        return new LogIdentity(clusterId, journalTopicId, inboxTopicId, shards);
    }

    boolean isOfTheSameTopics(Pin other) {
        return Objects.equals(clusterId, other.clusterId)
                && Objects.equals(journalTopicId, other.journalTopicId)
                && Objects.equals(inboxTopicId, other.inboxTopicId);
    }

    Pin grownTo(int more) {
        List<Integer> longer = new ArrayList<>(counts);
        longer.add(more);
        return new Pin(clusterId, more, longer, journalTopicId, inboxTopicId);
    }

    /**
     * Holds against this what a coordinator was configured with: any number that the cluster has had will do, the present
     * one counts.
     *
     * @throws ClusterException if there were never so many
     */
    public void checkConfigured(int count) {
        if (!hadShards(count)) {
            throw new ClusterException("shards: " + count + " (expected: " + shards + ", as pinned in ZooKeeper"
                    + (counts.size() == 1 ? "" : ", or an earlier number of " + counts)
                    + "; to add some: leasehold shards grow)");
        }
    }

    /** Whether there were so many shards at any time: what was configured before a growth still means this cluster. */
    boolean hadShards(int count) {
        return counts.contains(count);
    }
}

package io.leasehold.log;

import java.util.List;

/**
 * How Kafka keeps the topics right now.
 *
 * @param lackingReplicas partitions of all four topics of which not every replica is in sync
 * @param inboxes one entry a shard, in order
 * @param rejectedDropped how many rejected submissions Kafka has deleted since there is a topic for them, by age or size
 */
public record TopicHealth(int lackingReplicas, List<InboxEnd> inboxes, long rejectedDropped) {

    /**
     * Where a shard's inbox ends.
     *
     * @param stable as far as it is admitted: where the oldest open transaction begins, if there is one
     * @param end past the last record, open transactions included
     */
    public record InboxEnd(long stable, long end) {
        /** Whether records lie behind an open transaction. */
        public boolean isHeldBack() {
            return stable < end;
        }
    }
}

package io.leasehold.core.event;

/**
 * What a claimant says of itself and of the log it has read.
 *
 * @param owner the claiming coordinator's id
 * @param clusterId Kafka's cluster id
 * @param journalTopicId which incarnation of the journal this is
 * @param inboxTopicId in which incarnation of the inbox the inbox position counts
 * @param shards how many shards there are
 * @param foldVersion which rules the claimant folds by
 * @param digest of the claimant's state after the effective record ({@code digestEpoch}, {@code digestSeq}), the last it
 *     had read when it claimed; the claim may lie further on
 */
public record Claim(
        String owner,
        String clusterId,
        String journalTopicId,
        String inboxTopicId,
        int shards,
        int foldVersion,
        long digest,
        long digestEpoch,
        long digestSeq) {}

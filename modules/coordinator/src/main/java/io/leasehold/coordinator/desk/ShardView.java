package io.leasehold.coordinator.desk;

/**
 * A coordinator's copy of one shard, roughly now.
 *
 * @param inboxLag records in the inbox that are not settled; -1 if unknown
 * @param problem what is wrong, or null
 */
public record ShardView(
        int shard,
        ShardStatus status,
        long epoch,
        long nextOffset,
        long inboxOffset,
        long inboxLag,
        long live,
        long leased,
        long replayMs,
        String problem) {}

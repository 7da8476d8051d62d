package io.leasehold.coordinator.desk;

/**
 * A coordinator's copy of one shard, roughly now.
 *
 * @param foldVersion the fold version in force; 0 if the journal says none yet
 * @param inboxLag records in the inbox that are not settled; -1 if unknown
 * @param unownedMs for how long the shard had no owner before this copy claimed it, by the broker's clock; -1 if this copy
 *     does not own it, or is its first owner
 * @param problem what is wrong, or null
 */
public record ShardView(
        int shard,
        ShardStatus status,
        long epoch,
        int foldVersion,
        long nextOffset,
        long inboxOffset,
        long inboxLag,
        long live,
        long leased,
        long replayMs,
        long unownedMs,
        String problem) {}

package io.leasehold.core.event;

/**
 * From where a replay may start: all that is true of a shard as a whole, everything but its tasks. Those that still matter
 * follow, each {@linkplain Events#carried carried}, until the generation is {@linkplain Events#trimmed trimmed}.
 *
 * @param generation counts the bases of a shard from 1; what is accepted or carried from here on belongs to it
 * @param inboxOffset everything in the inbox below it is settled
 * @param claim the one in force
 */
public record Base(
        long generation,
        long inboxOffset,
        long lastNumber,
        long lastFence,
        long lastEnd,
        long publishedEnd,
        Claim claim) {}

package io.leasehold.core.event;

/**
 * From where a replay may start: all that is true of a shard as a whole, everything but its tasks. Those that still matter
 * follow, each {@linkplain Events#carried carried}, until the generation is {@linkplain Events#trimmed trimmed}.
 *
 * @param generation counts the bases of a shard from 1; what is accepted or carried from here on belongs to it
 * @param inboxOffset everything in the inbox below it is settled
 * @param inboxLeaderEpoch Kafka's, under which the last of that was written; -1 if it is not known, which it is not below
 *     {@link #WITH_LEADER_EPOCH}
 * @param claim the one in force
 */
public record Base(
        long generation,
        long inboxOffset,
        int inboxLeaderEpoch,
        long lastNumber,
        long lastFence,
        long lastEnd,
        long publishedEnd,
        Claim claim) {

    /** The first fold version under which the inbox position says its leader epoch. */
    public static final int WITH_LEADER_EPOCH = 4;

    public Base {
        inboxLeaderEpoch = claim.foldVersion() < WITH_LEADER_EPOCH ? -1 : inboxLeaderEpoch;
    }

    /** A base that does not know the leader epoch. */
    public Base(
            long generation,
            long inboxOffset,
            long lastNumber,
            long lastFence,
            long lastEnd,
            long publishedEnd,
            Claim claim) {
        this(generation, inboxOffset, -1, lastNumber, lastFence, lastEnd, publishedEnd, claim);
    }
}

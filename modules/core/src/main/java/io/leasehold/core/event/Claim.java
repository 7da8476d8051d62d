package io.leasehold.core.event;

/**
 * What a claimant says of itself and of the log it has read.
 *
 * @param owner the claiming coordinator's id
 * @param clusterId Kafka's cluster id
 * @param journalTopicId which incarnation of the journal this is
 * @param inboxTopicId in which incarnation of the inbox the inbox position counts
 * @param shards how many shards there are
 * @param foldVersion which rules the shard is folded by from here on, unless the journal already says later ones
 * @param proofMs W, in milliseconds: for how long after its last effective record was sent this owner, or one before it, may
 *     have told workers that their leases hold; 0 if that is not known, which it is not below {@link #WITH_TERMS}
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
        long proofMs,
        long digest,
        long digestEpoch,
        long digestSeq) {

    /** The first fold version whose claims say W, and which may be raised, and W lowered, while an owner goes on. */
    public static final int WITH_TERMS = 3;

    /** Limit of {@code proofMs}: a day, far above what may be configured. */
    static final long MOST_PROOF_MS = 86_400_000;

    public Claim {
        proofMs = foldVersion < WITH_TERMS ? 0 : proofMs;
    }

    /** A claim that does not say W. */
    public Claim(
            String owner,
            String clusterId,
            String journalTopicId,
            String inboxTopicId,
            int shards,
            int foldVersion,
            long digest,
            long digestEpoch,
            long digestSeq) {
        this(owner, clusterId, journalTopicId, inboxTopicId, shards, foldVersion, 0, digest, digestEpoch, digestSeq);
    }

    /** The same claim under other terms. */
    public Claim under(int newFoldVersion, long newProofMs) {
        return new Claim(
                owner,
                clusterId,
                journalTopicId,
                inboxTopicId,
                shards,
                newFoldVersion,
                newProofMs,
                digest,
                digestEpoch,
                digestSeq);
    }
}

package io.leasehold.coordinator.shard;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.state.Fold;

/**
 * How a shard is run.
 *
 * @param owner this coordinator's id
 * @param tickMs an owner writes a record at least this often
 * @param proofMs W: how old a record of our own may be that proves that we own the shard
 * @param turnBytes a turn's record is closed at this size
 * @param mailbox commands, and heartbeats, that may wait
 * @param foldVersion the newest version of the fold's rules that is read and written
 */
public record ShardOptions(
        String owner,
        long tickMs,
        long proofMs,
        int turnBytes,
        int mailbox,
        Policy policy,
        JournalOptions journal,
        int foldVersion) {

    /** Of what a shard may hold: ends that cannot be made public may take this part. */
    private static final int UNPUBLISHED_PART = 4;

    /** With the newest rules that this release knows. */
    public ShardOptions(
            String owner,
            long tickMs,
            long proofMs,
            int turnBytes,
            int mailbox,
            Policy policy,
            JournalOptions journal) {
        this(owner, tickMs, proofMs, turnBytes, mailbox, policy, journal, Fold.VERSION);
    }

    public static ShardOptions of(String owner) {
        return new ShardOptions(owner, 1_000, 5_000, 512 * 1024, 20_000, Policy.DEFAULT, JournalOptions.DEFAULT);
    }

    public ShardOptions {
        if (tickMs < 10 || tickMs * 2 > proofMs) {
            throw new IllegalArgumentException(
                    "tickMs: " + tickMs + " (expected: from 10 to half of proofMs, which is " + proofMs + ")");
        }
    }

    public ShardOptions with(JournalOptions journal) {
        return new ShardOptions(owner, tickMs, proofMs, turnBytes, mailbox, policy, journal, foldVersion);
    }

    /** As a release that reads and writes no later rules than these. */
    public ShardOptions withFoldVersion(int newest) {
        return new ShardOptions(owner, tickMs, proofMs, turnBytes, mailbox, policy, journal, newest);
    }

    /** Once ends that are not public take so much memory, nothing more is leased until they take less. */
    long mostUnpublishedBytes() {
        return policy.maxBytes() / UNPUBLISHED_PART;
    }

    /**
     * How long an inherited lease holds from a claim on: its own time, the age of the proof of whoever may have renewed it,
     * and drift.
     *
     * @param lastProofMs the longest such age of the owners before, as the journal says it; 0 if it does not
     */
    long graceMs(long leaseMs, long lastProofMs) {
        return drifted(leaseMs + Math.max(proofMs, lastProofMs));
    }

    /** What another clock, slower by one in a thousand, takes for so long, by this one. */
    static long drifted(long ms) {
        return (long) Math.ceil(ms * 1.001);
    }
}

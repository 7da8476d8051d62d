package io.leasehold.coordinator.shard;

import io.leasehold.core.decide.Policy;

/**
 * How a shard is run.
 *
 * @param owner this coordinator's id
 * @param tickMs an owner writes a record at least this often
 * @param proofMs W: how old a record of our own may be that proves that we own the shard
 * @param turnBytes a turn's record is closed at this size
 * @param mailbox commands, and heartbeats, that may wait
 */
public record ShardOptions(
        String owner, long tickMs, long proofMs, int turnBytes, int mailbox, Policy policy, JournalOptions journal) {

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
        return new ShardOptions(owner, tickMs, proofMs, turnBytes, mailbox, policy, journal);
    }

    /** How long an inherited lease holds from a claim on: its own time, the age of the last owner's proof, and drift. */
    long graceMs(long leaseMs) {
        return (long) Math.ceil((leaseMs + proofMs) * 1.001);
    }
}

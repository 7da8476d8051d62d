package io.leasehold.simulator;

import io.leasehold.coordinator.shard.JournalOptions;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.state.Fold;

/**
 * How large a run is and how its cluster is configured: drawn from the seed.
 *
 * @param ratePerSecond how many tasks are submitted a second
 * @param olderFold the fold version of the release that the coordinators begin as, and are upgraded from one after another;
 *     the newest where nothing is upgraded
 * @param settleMs for how long all must read a fold version before a shard is raised to it
 * @param hasCommonJumps whether the clocks of brokers and coordinators jump together
 * @param otherProofMs W of every second coordinator; 0 if it is that of the others
 * @param purges whether an operator purges dead letters
 * @param maxQueues of a shard; tasks are of two
 */
record Setup(
        int shards,
        int coordinators,
        int workers,
        int liars,
        int ratePerSecond,
        long tickMs,
        long proofMs,
        int turnBytes,
        int mailbox,
        int maxExpiries,
        Policy policy,
        JournalOptions journal,
        boolean hasDestruction,
        int olderFold,
        long settleMs,
        long otherProofMs,
        boolean hasCommonJumps,
        boolean purges,
        int maxQueues) {
    /** @param more chance for what was added later, so that the rest of a seed stays as it was */
    static Setup draw(Dice dice, Dice more) {
        int maxExpiries = 1 + dice.below(3);
        long dedupeEnds = dice.of(3, 30, 1_000_000);
        long tickMs = dice.of(100, 300, 1_000);
        boolean upgrades = more.below(3) == 0;
        return new Setup(
                1 + dice.below(3),
                1 + dice.below(4),
                1 + dice.below(5),
                dice.below(3) == 0 ? 1 : 0,
                (int) dice.of(1, 3, 8, 20),
                tickMs,
                tickMs * dice.of(2, 5),
                (int) dice.of(1_000, 4_000, 512 * 1024),
                (int) dice.of(3, 50, 20_000),
                maxExpiries,
                // Ends that must be remembered take up room: a little room needs a short memory, or nothing would ever
                // enter.
                new Policy(maxExpiries, dice.of(10, 100, 1_000_000), dedupeEnds <= 30 ? 50_000 : 1L << 30, 10_000),
                new JournalOptions(
                        dice.of(600, 3_000, 30_000, 1L << 30),
                        dice.of(0, 0, 2_000, 20_000),
                        1L << 30,
                        dice.of(1_000, 10_000, 3_600_000),
                        dedupeEnds),
                dice.below(4) == 0,
                upgrades ? (int) more.of(2, 3) : Fold.VERSION,
                more.of(2_000, 15_000, 60_000),
                // Releases before version 3 know nothing of each other's W: it must be the same everywhere.
                upgrades || more.half() ? 0 : tickMs * more.of(20, 60),
                more.below(4) == 0,
                more.below(4) == 0,
                more.below(8) == 0 ? 1 : 10_000);
    }

    boolean upgrades() {
        return olderFold < Fold.VERSION;
    }

    /** W of this coordinator. */
    long proofMs(String coordinator) {
        boolean isOther = otherProofMs > 0 && (coordinator.charAt(coordinator.length() - 1) & 1) == 1;
        return isOther ? otherProofMs : proofMs;
    }

    ShardOptions options(String owner) {
        Policy limits = new Policy(policy.maxExpiries(), policy.maxTasks(), policy.maxBytes(), maxQueues);
        return new ShardOptions(owner, tickMs, proofMs(owner), turnBytes, mailbox, limits, journal);
    }
}

package io.leasehold.coordinator.shard;

/**
 * How long a shard's journal, and its memory of ends, may become.
 *
 * @param carryFromBytes nothing is carried while the part that a replay reads is shorter than this
 * @param historyMs records that no replay needs are kept for so long, for whoever wants to look into a task's past
 * @param historyBytes but not much more of them than this
 * @param dedupeMs an id is remembered for so long after its task has ended
 * @param dedupeEnds but not of more tasks than this
 */
public record JournalOptions(long carryFromBytes, long historyMs, long historyBytes, long dedupeMs, long dedupeEnds) {
    private static final long DAY_MS = 86_400_000;

    public static final JournalOptions DEFAULT = new JournalOptions(8L << 20, DAY_MS, 1L << 30, DAY_MS, 1_000_000);

    public JournalOptions {
        require("carryFromBytes", carryFromBytes);
        require("historyMs", historyMs);
        require("historyBytes", historyBytes);
        require("dedupeMs", dedupeMs);
        require("dedupeEnds", dedupeEnds);
    }

    private static void require(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 0)");
        }
    }
}

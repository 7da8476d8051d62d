package io.leasehold.verify;

/**
 * What the journal does not say of how its shard was run.
 *
 * @param maxExpiries after so many counted expiries a task is given up
 * @param deadlineSlackMs a waiting task whose deadline passed longer ago than this, by a shard time that went on steadily, was
 *     forgotten
 */
public record Rules(int maxExpiries, long deadlineSlackMs) {
    public static final Rules DEFAULT = new Rules(3, 30_000);

    public Rules {
        require("max expiries", maxExpiries);
        require("deadline slack", deadlineSlackMs);
    }

    public Rules withMaxExpiries(int maxExpiries) {
        return new Rules(maxExpiries, deadlineSlackMs);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}

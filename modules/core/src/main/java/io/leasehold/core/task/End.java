package io.leasehold.core.task;

/**
 * How a task ended.
 *
 * @param number counts the shard's ends from 1
 * @param result JSON text; empty if there was none, null if it was too long to keep once published
 * @param purged whether it is the end of a dead letter that was given up for good, and is only remembered
 */
public record End(long number, EndCause cause, long endedMs, boolean late, byte[] result, boolean purged) {
    private static final byte[] NO_RESULT = {};

    /** Of a task that was not purged. */
    public End(long number, EndCause cause, long endedMs, boolean late, byte[] result) {
        this(number, cause, endedMs, late, result, false);
    }

    public End withoutResult() {
        return new End(number, cause, endedMs, late, null, purged);
    }

    /** The same end, of a dead letter, which had no result, that is purged. */
    public End ofPurged() {
        return new End(number, cause, endedMs, late, NO_RESULT, true);
    }
}

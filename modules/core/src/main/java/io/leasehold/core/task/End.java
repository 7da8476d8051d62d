package io.leasehold.core.task;

/**
 * How a task ended.
 *
 * @param number counts the shard's ends from 1
 * @param result JSON text; empty if there was none, null if it was too long to keep once published
 * @param purged whether it is the end of a dead letter that was given up for good, and is only remembered
 * @param resultBytes how long the result was, if it is not kept; 0 if it is, or if that is not known
 * @param errorBytes how long the task's last error was, in UTF-8, if only its beginning is kept; else 0
 */
public record End(
        long number,
        EndCause cause,
        long endedMs,
        boolean late,
        byte[] result,
        boolean purged,
        int resultBytes,
        int errorBytes) {
    private static final byte[] NO_RESULT = {};

    /** Of a task that was not purged. Nothing was cut of it, or nobody knows how much. */
    public End(long number, EndCause cause, long endedMs, boolean late, byte[] result) {
        this(number, cause, endedMs, late, result, false);
    }

    /** Nothing was cut of it, or nobody knows how much. */
    public End(long number, EndCause cause, long endedMs, boolean late, byte[] result, boolean purged) {
        this(number, cause, endedMs, late, result, purged, 0, 0);
    }

    /** The same without its result, which is so long; 0 if that is not to be known. */
    public End withoutResult(int bytes) {
        return new End(number, cause, endedMs, late, null, purged, bytes, errorBytes);
    }

    /** The same of a task of whose last error, which is so long, only the beginning is kept. */
    public End withErrorCut(int bytes) {
        return withLengths(resultBytes, bytes);
    }

    public End withLengths(int ofResult, int ofError) {
        return new End(number, cause, endedMs, late, result, purged, ofResult, ofError);
    }

    /** Whether it says how long something was that is not kept whole. */
    public boolean saysLengths() {
        return resultBytes > 0 || errorBytes > 0;
    }

    /** The same end, of a dead letter, which had no result, that is purged. */
    public End ofPurged() {
        return new End(number, cause, endedMs, late, NO_RESULT, true, 0, errorBytes);
    }
}

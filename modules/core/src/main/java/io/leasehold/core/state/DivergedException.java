package io.leasehold.core.state;

import io.leasehold.core.event.Trim;

/** Two copies folded the same records to different states: one of them is wrong, and this one must not serve. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(Trim trim, long number) {
        super("trim of generation " + trim.generation() + ": task " + number + " would be lost (expected: carried)");
    }

    DivergedException(long epoch, long seq, long expected, long actual) {
        super("state digest in record " + seq + " of claim " + epoch + ": " + Long.toHexString(actual) + " (expected: "
                + Long.toHexString(expected) + ")");
    }

    DivergedException(long epoch, String owner, long expected, long actual) {
        super("state digest before claim " + epoch + " by " + owner + ": " + Long.toHexString(actual) + " (expected: "
                + Long.toHexString(expected) + ")");
    }
}

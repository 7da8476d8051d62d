package io.leasehold.core.state;

/** Two copies folded the same records to different states: one of them is wrong, and this one must not serve. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(long epoch, String owner, long expected, long actual) {
        super("state digest before claim " + epoch + " by " + owner + ": " + Long.toHexString(actual) + " (expected: "
                + Long.toHexString(expected) + ")");
    }
}

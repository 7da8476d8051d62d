package io.leasehold.simulator;

/** A guarantee was broken. An error, so that no code under test takes it for its own trouble. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;
    private final String guarantee;

    /** @param guarantee its short name, such as G3 */
    Violation(String guarantee, String what) {
        super(guarantee + ": " + what);
        this.guarantee = guarantee;
    }

    String guarantee() {
        return guarantee;
    }
}

package io.leasehold.api;

/** The ranges of priorities that counts are kept by. */
public enum PriorityBand {
    NEGATIVE("<0"),
    ZERO("0"),
    LOW("1-3"),
    MEDIUM("4-6"),
    HIGH("7-9"),
    HIGHEST(">=10");

    private final String label;

    PriorityBand(String label) {
        this.label = label;
    }

    /** As written in JSON and in metrics. */
    public String label() {
        return label;
    }

    public static PriorityBand of(int priority) {
        if (priority <= 0) {
            return priority < 0 ? NEGATIVE : ZERO;
        }
        if (priority <= 3) {
            return LOW;
        }
        if (priority <= 6) {
            return MEDIUM;
        }
        return priority <= 9 ? HIGH : HIGHEST;
    }
}

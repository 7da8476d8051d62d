package io.leasehold.core.state;

/** Ranges of priority by which queued tasks are counted. */
public enum PriorityBand {
    NEGATIVE("<0", -1),
    ZERO("0", 0),
    LOW("1-3", 3),
    MIDDLE("4-6", 6),
    HIGH("7-9", 9),
    HIGHEST(">=10", Integer.MAX_VALUE);

    private static final PriorityBand[] ALL = values();

    private final String label;
    private final int highest;

    PriorityBand(String label, int highest) {
        this.label = label;
        this.highest = highest;
    }

    public String label() {
        return label;
    }

    public static PriorityBand of(int priority) {
        for (PriorityBand band : ALL) {
            if (priority <= band.highest) {
                return band;
            }
        }
        throw new AssertionError(priority);
    }
}

package io.leasehold.core.task;

import java.util.Locale;

/** Where a task stands. {@code DELAYED} and {@code READY} differ only by the time; the last four are ends. */
public enum TaskState {
    DELAYED,
    READY,
    LEASED,
    COMPLETED,
    DEAD,
    EXPIRED,
    CANCELLED;

    public boolean isEnd() {
        return ordinal() >= COMPLETED.ordinal();
    }

    /** As written in JSON and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.leasehold.core.task;

import java.util.Locale;

/** Why a task ended. The codes are part of the journal's format and never change. */
public enum EndCause {
    SUCCEEDED(1),
    ATTEMPTS_EXHAUSTED(2),
    EXPIRIES_EXHAUSTED(3),
    NOT_RETRYABLE(4),
    DEADLINE_PASSED(5),
    CANCELLED(6);

    private final int code;

    EndCause(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The cause with the given code, or null if there is none. */
    public static EndCause ofCode(int code) {
        return code >= 1 && code <= 6 ? values()[code - 1] : null;
    }

    /** As written in JSON: {@code attempts-exhausted}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

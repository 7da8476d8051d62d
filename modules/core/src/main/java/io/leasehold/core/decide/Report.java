package io.leasehold.core.decide;

import io.leasehold.core.task.Text;
import java.util.Objects;

/**
 * What a worker says of a lease.
 *
 * @param result JSON text, empty for none
 * @param error what went wrong, or null
 * @param retryAfterMs when the task may start again, or -1 to leave it to its backoff
 */
public record Report(Outcome outcome, byte[] result, String error, boolean retryable, long retryAfterMs) {
    public Report {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(result, "result");
        error = Text.storable(error);
    }

    public enum Outcome {
        SUCCESS,
        FAILURE,
        RELEASE
    }

    /** What becomes of a report. */
    public enum Answer {
        /** It counts, now or since an earlier time. */
        OK,
        /** The lease was lost; it changes nothing. */
        LOST,
        /** The task had ended otherwise; it changes nothing. */
        ENDED
    }
}

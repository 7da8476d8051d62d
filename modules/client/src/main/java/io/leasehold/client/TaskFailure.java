package io.leasehold.client;

import io.leasehold.api.Limits;
import java.time.Duration;

/** Thrown by a handler to say how its task failed. Any other exception means: try again after the task's own backoff. */
public final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final Long retryAfterMs;

    private TaskFailure(String message, Throwable cause, boolean retryable, Long retryAfterMs) {
        super(message, cause);
        this.retryable = retryable;
        this.retryAfterMs = retryAfterMs;
    }

    /** There is no use in trying again: the task goes to the dead letters. */
    public static TaskFailure permanent(String message) {
        return new TaskFailure(message, null, false, null);
    }

    public static TaskFailure permanent(String message, Throwable cause) {
        return new TaskFailure(message, cause, false, null);
    }

    /** Try again after this long, whatever the task's backoff says. */
    public static TaskFailure retryAfter(Duration wait) {
        return retryAfter(wait, "asked to be retried after " + wait);
    }

    public static TaskFailure retryAfter(Duration wait, String message) {
        if (wait.isNegative() || wait.compareTo(Duration.ofMillis(Limits.MAX_DELAY_MS)) > 0) {
            throw new IllegalArgumentException(
                    "wait: " + wait + " (expected: from 0 to " + Limits.MAX_DELAY_MS + " ms)");
        }
        return new TaskFailure(message, null, true, wait.toMillis());
    }

    boolean isRetryable() {
        return retryable;
    }

    Long retryAfterMs() {
        return retryAfterMs;
    }
}

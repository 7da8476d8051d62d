package io.leasehold.client.logic;

import io.leasehold.api.Outcome;
import io.leasehold.api.RawJson;

/**
 * What a handler made of a task.
 *
 * @param result after a success, or null
 * @param error after a failure
 * @param retryAfterMs after a failure: instead of the task's backoff; or null
 */
public record TaskResult(Outcome outcome, RawJson result, String error, boolean retryable, Long retryAfterMs) {
    public static TaskResult success(RawJson result) {
        return new TaskResult(Outcome.SUCCESS, result, null, true, null);
    }

    public static TaskResult failure(String error, boolean retryable, Long retryAfterMs) {
        return new TaskResult(Outcome.FAILURE, null, error, retryable, retryAfterMs);
    }

    /** Nothing: the task goes back to its queue, and its attempt does not count. */
    public static TaskResult release() {
        return new TaskResult(Outcome.RELEASE, null, null, true, null);
    }
}

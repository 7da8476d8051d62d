package io.leasehold.api;

import java.util.List;

/** {@code POST /v1/report}. */
public record ReportRequest(String worker, List<Entry> reports) {
    /**
     * @param result any JSON, after a success; or null
     * @param error text, after a failure; or null
     * @param retryable false ends the task dead at once; null means true
     * @param retryAfterMs how long to wait instead of the task's backoff; or null
     */
    public record Entry(
            String lease, Outcome outcome, RawJson result, String error, Boolean retryable, Long retryAfterMs) {}
}

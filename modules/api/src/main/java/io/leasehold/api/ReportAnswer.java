package io.leasehold.api;

import java.util.List;

/** The answer to a report: one entry for each lease, in the order of the request. */
public record ReportAnswer(List<Entry> reports) {
    public record Entry(String lease, ReportStatus status) {}
}

package io.leasehold.api;

import java.util.List;

/** The answer to a heartbeat: one entry for each lease, in the order of the request. */
public record HeartbeatAnswer(List<Entry> leases) {
    /** @param leaseMs how long the lease holds, if it is {@code ok}; else null */
    public record Entry(String lease, LeaseStatus status, Long leaseMs) {}
}

package io.leasehold.api;

/**
 * One leased task in the answer to a poll.
 *
 * @param lease the token that heartbeats and reports name
 * @param fence rises for ever for a task; for compare-and-set in the worker's own database
 * @param attempt 1 for the first grant
 * @param leaseMs how long the lease holds without a heartbeat
 * @param decidedAfterMs how long after the poll arrived the grant was decided, less one part in a thousand and 1 ms
 */
public record Grant(GrantedTask task, String lease, long fence, int attempt, long leaseMs, long decidedAfterMs) {}

package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Grant;

/**
 * A task as handed to a worker.
 *
 * @param lease the token to heartbeat and report with
 * @param decidedAfterMs how old the worker's request was when the lease began, by a clock as slow as a worker's may be
 * @param promise which promise of the lease this is, or 0 if it cannot be told from others
 */
public record LeasedTask(int shard, Grant grant, String lease, long decidedAfterMs, int promise) {}

package io.leasehold.coordinator.port;

import io.leasehold.core.task.Task;

/** A valid submission found in the inbox, at home in this shard, its delay counted from the record's append time. */
public record Arrival(long offset, Task task) {}

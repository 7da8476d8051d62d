package io.leasehold.coordinator.port;

import io.leasehold.core.task.Task;

/**
 * A valid submission found in the inbox, at home in this shard, its delay counted from the record's append time. An inbox
 * that copies it knows by its own kind what it was read from.
 */
public interface Arrival {
    long offset();

    /** Kafka's, under which its record was written; -1 if that is not known. */
    int leaderEpoch();

    Task task();
}

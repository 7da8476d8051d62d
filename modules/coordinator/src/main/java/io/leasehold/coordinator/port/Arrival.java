package io.leasehold.coordinator.port;

import io.leasehold.core.task.Task;

/**
 * A valid submission found in the inbox, at home in this shard, its delay counted from the record's append time. An inbox
 * that copies it knows by its own kind what it was read from.
 */
public interface Arrival {
    /** No time is known. */
    long NEVER = Long.MIN_VALUE;

    long offset();

    /** Kafka's, under which its record was written; -1 if that is not known. */
    int leaderEpoch();

    Task task();

    /** For how many milliseconds it is to wait from its append time on; 0 for not at all. */
    long delayMs();

    /** Its append time, by the clock of whoever led the inbox then. */
    long appendedMs();

    /** By this process's monotonic clock, a time at which it had not been appended yet; {@link #NEVER} if none is known. */
    long afterMs();
}

package io.leasehold.coordinator.port;

/**
 * A record as it lies in a shard's journal.
 *
 * @param appendTimeMs the broker's clock when it appended the record
 */
public record JournalRecord(long offset, long appendTimeMs, byte[] value) {}

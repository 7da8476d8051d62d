package io.leasehold.core.task;

/**
 * How a task ended.
 *
 * @param number counts the shard's ends from 1
 * @param result JSON text; empty if there was none, null if it was too long to keep once published
 */
public record End(long number, EndCause cause, long endedMs, boolean late, byte[] result) {}

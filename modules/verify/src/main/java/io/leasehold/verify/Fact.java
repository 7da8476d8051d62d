package io.leasehold.verify;

/**
 * Something that the journal says of a task.
 *
 * @param offset of the record that says so
 * @param shardMs shard time of that record
 */
public record Fact(long offset, long shardMs, String what) {}

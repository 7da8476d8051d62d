package io.leasehold.coordinator.desk;

/**
 * Tasks are ready that no poll takes.
 *
 * @param ready how many, in one shard
 */
public record Hint(String queue, int ready) {}

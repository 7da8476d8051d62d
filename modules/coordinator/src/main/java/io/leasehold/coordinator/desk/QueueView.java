package io.leasehold.coordinator.desk;

/**
 * How many tasks of one queue stand where in one shard.
 *
 * @param counts by {@link io.leasehold.core.task.TaskState} and {@link io.leasehold.core.state.PriorityBand}, in the order
 *     of their constants
 */
public record QueueView(String queue, long[][] counts) {}

package io.leasehold.coordinator.desk;

import java.util.List;

/**
 * Which dead letters to give up for good.
 *
 * @param ids these, or null for all of a queue
 * @param queue whose dead letters, or null for every queue's; ignored if there are ids
 * @param limit at most so many, oldest first
 * @param expected how many dead letters of the queue the shard is taken to hold; if it holds another number, nothing is done.
 *     Ignored if there are ids
 */
public record Purge(List<String> ids, String queue, int limit, long expected) {}

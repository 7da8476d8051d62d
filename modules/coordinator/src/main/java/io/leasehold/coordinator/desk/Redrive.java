package io.leasehold.coordinator.desk;

import java.util.List;

/**
 * Which dead letters to give a new life.
 *
 * @param ids these, or null for all of a queue
 * @param queue whose dead letters, or null for every queue's; ignored if there are ids
 * @param limit at most so many, oldest first
 */
public record Redrive(List<String> ids, String queue, int limit) {}

package io.leasehold.coordinator.desk;

/**
 * What becomes of a cancellation.
 *
 * @param task as it stands afterwards, or null if the id is unknown
 * @param cancelled false if it had ended otherwise before
 */
public record Cancelled(TaskView task, boolean cancelled) {}

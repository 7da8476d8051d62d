package io.leasehold.core.task;

/** A worker's hold on a task, as the journal knows it; when it runs out is known to the owner's clock alone. */
public record Lease(long leaseMs, String worker, String pollId) {}

package io.leasehold.client.logic;

/** The handler of a leased task has ended. */
public record Finished(String lease, TaskResult result) {}

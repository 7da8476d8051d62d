package io.leasehold.core.decide;

import io.leasehold.core.task.Task;

/** A task given to a worker. */
public record Grant(Task task, long fence, long leaseMs, int attempt, long readyMs) {}

package io.leasehold.server.http;

import io.leasehold.api.BackoffSpec;
import io.leasehold.api.TaskSpec;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;

/** Turns a task in the words of the wire into one that a shard takes. Thread-safe. */
public final class Submissions {
    private Submissions() {}

    /** @param id the task's own, or the one assigned to it */
    public static Submission of(TaskSpec spec, String id) {
        Task task = new Task(
                id,
                spec.queue(),
                spec.type(),
                spec.priority(),
                spec.deadlineMs() == null ? Task.NO_DEADLINE : spec.deadlineMs(),
                spec.notBeforeMs() == null ? 0 : spec.notBeforeMs(),
                spec.payload(),
                spec.maxAttempts(),
                spec.leaseMs(),
                backoff(spec.backoff()),
                spec.traceparent());
        return new Submission(task, spec.delayMs());
    }

    private static Backoff backoff(BackoffSpec spec) {
        return new Backoff(spec.initialMs(), spec.multiplier(), spec.maxMs());
    }
}

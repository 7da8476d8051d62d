package io.leasehold.client;

/** Thrown by {@link TaskContext#throwIfCancelled}: there is no use in going on with the task. */
public final class TaskStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskStopped(String message) {
        super(message, null, false, false);
    }
}

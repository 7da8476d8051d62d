package io.leasehold.client;

/**
 * Thrown by {@link TaskContext#throwIfCancelled}: there is no use in going on with the task. A handler that ends with it, or
 * with an exception that has it among its causes, gives the task back: the attempt does not count as a failure.
 */
public final class TaskStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskStopped(String message) {
        super(message, null, false, false);
    }
}

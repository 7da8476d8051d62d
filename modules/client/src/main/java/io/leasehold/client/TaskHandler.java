package io.leasehold.client;

/**
 * Does the work of one type of task. Called from several threads at once.
 *
 * @param <I> what the payload is read as
 */
@FunctionalInterface
public interface TaskHandler<I> {
    /**
     * Returning completes the task; {@link TaskFailure} says how it failed; any other exception is a failure that may be
     * retried.
     *
     * @param input the payload; null if the task has none
     * @return the result, written by the codec ({@link io.leasehold.api.RawJson} as it is); null for none
     */
    Object handle(TaskContext task, I input) throws Exception;
}

package io.leasehold.client;

/** Does the work of tasks of any type, with the payload as it was submitted. Called from several threads at once. */
@FunctionalInterface
public interface RawTaskHandler {
    /**
     * As {@link TaskHandler#handle}.
     *
     * @param payload JSON byte for byte as it was submitted; empty if the task has none
     */
    Object handle(TaskContext task, byte[] payload) throws Exception;
}

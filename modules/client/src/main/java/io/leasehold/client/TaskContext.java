package io.leasehold.client;

import java.time.Instant;

/** A task while it runs. Safe for any thread. */
public interface TaskContext {
    String id();

    String queue();

    /** Or null. */
    String type();

    int priority();

    /** The task was not to start after this; or null. */
    Instant deadline();

    /** 1 for the first time that the task was given to a worker. */
    int attempt();

    int maxAttempts();

    /**
     * Rises whenever the task is given to a worker, for ever. Whoever keeps the greatest one seen beside what the task
     * writes, and refuses lesser ones, is safe from workers that lost their lease and do not know it.
     */
    long fence();

    /**
     * The W3C trace context of who submitted the task, or null. While the handler runs, its thread's log lines have the
     * trace's id in slf4j's MDC as {@code trace_id}.
     */
    String traceparent();

    /** Whether the lease cannot be believed in any more: the task may be running elsewhere. */
    boolean leaseLost();

    boolean cancelled();

    /** Whether there is no use in going on: lost, cancelled, or the worker's grace to stop is over. */
    boolean mustStop();

    /**
     * Throws {@link TaskStopped} if {@link #mustStop}; to be called now and then by work that takes long. A handler that must
     * stop and ends with an exception, other than a {@link TaskFailure}, gives its task back, and its attempt does not count.
     */
    void throwIfCancelled();

    /**
     * Runs this once when the task must stop, at once if it must already. It runs on a thread that the worker needs and must
     * not block; an exception is logged.
     */
    void onMustStop(Runnable action);
}

package io.leasehold.client;

import io.leasehold.api.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task that runs: what its handler sees, and where the worker tells it news. */
final class TaskRun implements TaskContext {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseholdWorker.class);

    private final Grant grant;
    private final LongSupplier clockMs;
    private final List<Runnable> actions = new ArrayList<>();
    private volatile long believedUntilMs;
    private volatile boolean lost;
    private volatile boolean cancelled;
    private volatile boolean stopping;
    private Thread thread;

    TaskRun(Grant grant, long believedUntilMs, LongSupplier clockMs) {
        this.grant = grant;
        this.believedUntilMs = believedUntilMs;
        this.clockMs = clockMs;
    }

    Grant grant() {
        return grant;
    }

    void believeUntil(long ms) {
        believedUntilMs = ms;
    }

    void tellLost() {
        lost = true;
        runActions();
    }

    void tellCancelled() {
        cancelled = true;
        runActions();
    }

    /** The grace is over: the handler's thread is interrupted. */
    void tellStopping() {
        stopping = true;
        runActions();
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Brackets the handler on its thread, so that an interrupt never reaches what runs there next. */
    synchronized void runsOn(Thread thread) {
        this.thread = thread;
        if (thread == null) {
            Thread.interrupted();
        } else if (stopping) {
            thread.interrupt();
        }
    }

    @Override
    public String id() {
        return grant.task().id();
    }

    @Override
    public String queue() {
        return grant.task().queue();
    }

    @Override
    public String type() {
        return grant.task().type();
    }

    @Override
    public int priority() {
        return grant.task().priority();
    }

    @Override
    public Instant deadline() {
        Long deadline = grant.task().deadline();
        return deadline == null ? null : Instant.ofEpochMilli(deadline);
    }

    @Override
    public int attempt() {
        return grant.attempt();
    }

    @Override
    public int maxAttempts() {
        return grant.task().maxAttempts();
    }

    @Override
    public long fence() {
        return grant.fence();
    }

    @Override
    public String traceparent() {
        return grant.task().traceparent();
    }

    @Override
    public boolean leaseLost() {
        return lost || clockMs.getAsLong() >= believedUntilMs;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public boolean mustStop() {
        return cancelled || stopping || leaseLost();
    }

    @Override
    public void throwIfCancelled() {
        if (cancelled) {
            throw new TaskStopped("the task was cancelled");
        }
        if (leaseLost()) {
            throw new TaskStopped("the lease was lost");
        }
        if (stopping) {
            throw new TaskStopped("the worker stops");
        }
    }

    @Override
    public void onMustStop(Runnable action) {
        synchronized (actions) {
            actions.add(action);
        }
        if (mustStop()) {
            runActions();
        }
    }

    private void runActions() {
        List<Runnable> todo;
        synchronized (actions) {
            todo = List.copyOf(actions);
            actions.clear();
        }
        for (Runnable action : todo) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("What task {} wanted done when it must stop failed", id(), e);
            }
        }
    }
}

package io.leasehold.client;

import io.leasehold.client.logic.Chance;
import io.leasehold.client.logic.Pace;
import io.leasehold.client.logic.WorkerClock;
import io.leasehold.client.logic.WorkerLogic;
import io.leasehold.client.transport.Transport;
import io.leasehold.client.transport.VertxTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tasks from the coordinators and runs handlers on them. Safe for any thread.
 *
 * <p>Leases are renewed while handlers run. When the process is asked to end (SIGTERM), or on {@link #close}, the worker
 * takes no more tasks, lets those that run finish within the grace, and gives the rest back.
 */
public final class LeaseholdWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseholdWorker.class);

    private final String id;
    private final long graceMs;
    private final boolean stopOnSigterm;
    private final CoordinatorSource source;
    private final Transport transport;
    private final WorkerLoop loop;
    private final Thread hook;
    private boolean started;
    private boolean closed;

    LeaseholdWorker(WorkerBuilder builder) {
        this.id = builder.id;
        this.graceMs = builder.grace.toMillis();
        this.stopOnSigterm = builder.stopOnSigterm;
        this.source = builder.source;
        this.transport = builder.transport == null ? new VertxTransport() : builder.transport;
        WorkerLogic logic = new WorkerLogic(
                builder.settings(), Pace.DEFAULT, builder.urls, Chance.seeded(new SecureRandom().nextLong()));
        this.loop = new WorkerLoop(logic, WorkerClock.system(), transport, builder.handlers());
        this.hook = new Thread(this::close, "leasehold-stop");
    }

    /** @param url any coordinator, for example {@code http://localhost:8470}; the others are found from there */
    public static WorkerBuilder builder(String url, String... more) {
        return new WorkerBuilder(url, more);
    }

    /** The worker's name. */
    public String id() {
        return id;
    }

    /** @throws IllegalStateException if it was started before */
    public synchronized LeaseholdWorker start() {
        if (started) {
            throw new IllegalStateException("the worker was started before");
        }
        started = true;
        if (stopOnSigterm) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        loop.start();
        if (source != null) {
            source.start(loop::tellCoordinators);
        }
        return this;
    }

    /** Begins to stop and returns at once; {@link #awaitTermination} tells when it is done. */
    public void stop() {
        loop.stop(graceMs);
    }

    /**
     * Waits until the worker has stopped, by {@link #close}, {@link #stop} or SIGTERM.
     *
     * @throws IllegalStateException if it stopped because it broke
     */
    public void awaitTermination() throws InterruptedException {
        awaitTermination(Duration.ofMillis(Long.MAX_VALUE));
    }

    /** @return false if it has not stopped within the time */
    public boolean awaitTermination(Duration atMost) throws InterruptedException {
        try {
            loop.terminated().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the worker broke", e.getCause());
        }
    }

    /** Stops and waits until it is done: at most the grace and a few seconds. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            loop.stop(started ? graceMs : 0);
        }
        try {
            loop.terminated().join();
        } catch (CompletionException e) {
            LOG.debug("stopped because it broke", e);
        }
        if (source != null) {
            source.close();
        }
        transport.close();
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.trace("the process is ending already", e);
        }
    }
}

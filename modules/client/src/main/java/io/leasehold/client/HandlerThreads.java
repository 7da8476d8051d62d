package io.leasehold.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that run handlers: as many at once as there are handlers that take their time, and no more wake-ups than that
 * needs. Safe for any thread.
 *
 * <p>At most one thread is being woken or started at any time. It wakes the next one before it runs its own handler, if
 * more wait: so a handler that blocks holds nobody up, and handlers that are quick are run one after the other by the few
 * threads that are awake, without a switch of threads for each. How many there can be is for the caller to limit.
 */
final class HandlerThreads {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseholdWorker.class);
    private static final long IDLE_SECONDS = 60;

    private final ThreadFactory factory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int alive;
    private int idle;
    private boolean coming;
    private boolean shut;
    /** Whether the last attempt to start a thread failed. */
    private boolean scarce;

    HandlerThreads(ThreadFactory factory) {
        this.factory = factory;
    }

    /**
     * Runs each of them soon, the first ones first; after {@link #shutDown} none. Where no more threads can be started, those
     * that are there run one after the other.
     *
     * @throws OutOfMemoryError if not even one thread can be started
     */
    void run(List<Runnable> handlers) {
        lock.lock();
        try {
            if (!shut) {
                waiting.addAll(handlers);
                callOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What waits or runs may end; nothing more is taken. */
    void shutDown() {
        lock.lock();
        try {
            shut = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Only with the lock. */
    private void callOne() {
        if (coming || waiting.isEmpty()) {
            return;
        }
        coming = true;
        if (idle > 0) {
            work.signal();
            return;
        }
        try {
            factory.newThread(this::live).start();
            alive++;
            scarce = false;
        } catch (OutOfMemoryError e) {
            coming = false;
            if (alive == 0) {
                throw e;
            }
            if (!scarce) {
                LOG.warn("No more than {} threads could be started, tasks wait for those: {}", alive, e.getMessage());
            }
            scarce = true;
        }
    }

    private void live() {
        lock.lock();
        try {
            coming = false;
            while (!waiting.isEmpty() || hasMore()) {
                Runnable next = waiting.poll();
                if (next != null) {
                    callOne();
                    lock.unlock();
                    try {
                        next.run();
                    } finally {
                        lock.lock();
                    }
                }
            }
        } finally {
            alive--;
            lock.unlock();
        }
    }

    /** Waits; whoever wakes up looks for itself, so that it does not matter who was called. False if it is time to go. */
    private boolean hasMore() {
        if (shut) {
            return false;
        }
        boolean called = true;
        idle++;
        try {
            called = work.await(IDLE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Nobody means a thread that runs no handler.
        }
        idle--;
        coming = false;
        return called || !waiting.isEmpty();
    }
}

package io.leasehold.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one thing at a time, in the order given, on no thread of its own: who comes while nobody runs anything runs what it
 * brought, and what others bring meanwhile. So nothing waits for a thread to wake up. Safe for any thread.
 *
 * <p>What is run must not throw. It may bring more, which is run after it.
 */
final class OneAtATime implements Executor {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger brought = new AtomicInteger();

    @Override
    public void execute(Runnable one) {
        waiting.add(one);
        if (brought.getAndIncrement() > 0) {
            return;
        }
        do {
            waiting.remove().run();
        } while (brought.decrementAndGet() > 0);
    }
}

package io.leasehold.cli.bench;

import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks for the same thing over and over, of one coordinator after the other until one gives it, and remembers when they did.
 * One thread; the rest is safe for any.
 */
final class Probe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FRUITLESS_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** One thing to ask for. */
    interface Question {
        /** Whether this coordinator gave it. */
        boolean ask(Coordinator coordinator);
    }

    /** @param by the coordinator's id */
    private record Success(long nanos, String by) {}

    private final Question question;
    private final Supplier<List<CoordinatorChild>> alive;
    private final boolean staysWhereItWent;
    private final Thread thread;
    private final Map<CoordinatorChild, Coordinator> known = new HashMap<>();
    private final List<Success> successes = new ArrayList<>();
    private int turn;
    private volatile boolean stopped;

    /** @param staysWhereItWent whether the next question goes first to who answered the last one, or to the next in turn */
    Probe(String name, Question question, Supplier<List<CoordinatorChild>> alive, boolean staysWhereItWent) {
        this.question = question;
        this.alive = alive;
        this.staysWhereItWent = staysWhereItWent;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    Probe start() {
        thread.start();
        return this;
    }

    private void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, round() ? REST_NANOS : FRUITLESS_NANOS);
        }
    }

    private boolean round() {
        List<CoordinatorChild> children = alive.get();
        turn += staysWhereItWent ? 0 : 1;
        for (int i = 0; i < children.size() && !stopped; i++) {
            CoordinatorChild child = children.get(Math.floorMod(turn, children.size()));
            if (isGiven(child)) {
                succeeded(child.id());
                return true;
            }
            turn++;
        }
        return false;
    }

    private boolean isGiven(CoordinatorChild child) {
        try {
            return question.ask(known.computeIfAbsent(child, one -> Coordinator.at(one.url(), TIMEOUT)));
        } catch (Failure e) {
            return false;
        }
    }

    private synchronized void succeeded(String by) {
        successes.add(new Success(System.nanoTime(), by));
        notifyAll();
    }

    /** Forgets what lies before; to be called between two measurements. */
    synchronized void forgetBefore(long nanos) {
        int first = 0;
        while (first < successes.size() - 1 && successes.get(first + 1).nanos() < nanos) {
            first++;
        }
        successes.subList(0, first).clear();
    }

    /** When the first one after this moment came that was not by this coordinator; -1 if none does before the deadline. */
    synchronized long firstAfter(long nanos, String notBy, long deadlineNanos) throws InterruptedException {
        while (true) {
            for (Success one : successes) {
                if (one.nanos() >= nanos && !one.by().equals(notBy)) {
                    return one.nanos();
                }
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (leftMs <= 0) {
                return -1;
            }
            wait(leftMs);
        }
    }

    /** The longest time without one that ends or begins in this span. */
    synchronized long longestGapNanos(long from, long to) {
        long longest = 0;
        for (int i = 1; i < successes.size(); i++) {
            long begin = successes.get(i - 1).nanos();
            long end = successes.get(i).nanos();
            if (end >= from && begin <= to) {
                longest = Math.max(longest, end - begin);
            }
        }
        return longest;
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
    }
}

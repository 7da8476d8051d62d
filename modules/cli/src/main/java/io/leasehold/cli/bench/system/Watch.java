package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Watches over some tasks with consecutive numbers: which were started, when, and in which order. */
public final class Watch implements Target.Handler {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long SHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Work work;
    private final long first;
    private final int tasks;
    private final AtomicIntegerArray times;
    private final int[] order;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();
    private final AtomicLong firstNanos = new AtomicLong();
    private final Recorder delays = new Recorder(MOST_NANOS, 3);
    private volatile Schedule schedule;

    /** When each task was due to be submitted. */
    public record Schedule(long startNanos, double perSecond, int warmUpTasks) {
        public long dueNanos(long index) {
            return startNanos + (long) (index * 1e9 / perSecond);
        }
    }

    /** Consecutive ones. */
    public record Numbers(long first, int count) {}

    /** @param first the number of the first of them */
    public Watch(Work work, long first, int tasks) {
        this.work = work;
        this.first = first;
        this.tasks = tasks;
        this.times = new AtomicIntegerArray(tasks);
        this.order = new int[tasks];
    }

    /** Tells of so many tasks with the highest numbers among those watched over. */
    public Numbers newest(int count) {
        return new Numbers(first + tasks - count, count);
    }

    /** All of them. */
    public Numbers all() {
        return newest(tasks);
    }

    public int tasks() {
        return tasks;
    }

    /** From now on it is measured how long after its due time a task starts. */
    public void schedule(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public void started(byte[] payload) {
        long nowNanos = System.nanoTime();
        long number = Work.number(payload);
        long index = number - first;
        if (index < 0 || index >= tasks) {
            strangers.incrementAndGet();
            return;
        }
        if (times.getAndIncrement((int) index) > 0) {
            again.incrementAndGet();
            return;
        }
        firstNanos.compareAndSet(0, nowNanos);
        Schedule due = schedule;
        if (due != null && index >= due.warmUpTasks()) {
            delays.recordValue(Math.min(MOST_NANOS, Math.max(0, nowNanos - due.dueNanos(index))));
        }
        order[started.getAndIncrement()] = work.priority(number);
    }

    /** Waits until so many of them have started, or one of the workers breaks. */
    public void awaitStarted(int count, Target.Workers workers, long patienceMs, Runnable progress) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        long shown = System.nanoTime();
        while (started.get() < count) {
            long now = System.nanoTime();
            if (now > deadline) {
                throw new Failure("tasks started: " + started.get() + " (expected: " + count + " within "
                        + patienceMs / 1000 + " s)\nWith --directory the logs of all processes are kept.");
            }
            if (now - shown > SHOW_NANOS) {
                shown = now;
                workers.check();
                progress.run();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    public int started() {
        return started.get();
    }

    /** Tasks that were started more than once, counted each time. */
    public int again() {
        return again.get();
    }

    /** Starts of tasks that are not watched over. */
    public int strangers() {
        return strangers.get();
    }

    /** When the first one was started, by {@link System#nanoTime}. */
    public long firstNanos() {
        return firstNanos.get();
    }

    /** How long after they were due tasks have started, in nanoseconds. */
    public Histogram delays() {
        return delays.getIntervalHistogram();
    }

    /** The share of pairs of different priority of which the less urgent one was started first: 0 to 1. */
    public double inversions() {
        long[] seen = new long[work.priorities()];
        long wrong = 0;
        long pairs = 0;
        int count = started.get();
        for (int i = 0; i < count; i++) {
            for (int priority = 0; priority < seen.length; priority++) {
                pairs += priority == order[i] ? 0 : seen[priority];
                wrong += priority < order[i] ? seen[priority] : 0;
            }
            seen[order[i]]++;
        }
        return pairs == 0 ? 0 : (double) wrong / pairs;
    }
}

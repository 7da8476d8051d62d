package io.leasehold.simulator;

import java.util.Arrays;

/**
 * All that is going to happen, in order of time. Nothing passes but here: a step is one happening. True time is counted in
 * microseconds from the beginning of the run.
 */
final class Timeline {
    private final Trace trace;
    private Happening[] heap = new Happening[1024];
    private int size;
    private long nowUs;
    private long orders;
    private long steps;

    Timeline(Trace trace) {
        this.trace = trace;
    }

    long nowUs() {
        return nowUs;
    }

    long steps() {
        return steps;
    }

    /** @param process whose doing it is, or null if it is nobody's: one that is dead does nothing, one that is paused, later */
    Happening at(long atUs, SimulatedProcess process, String what, Runnable run) {
        return add(atUs, process, process == null ? Happening.ANY_LIFE : process.life(), what, run);
    }

    /** Comes to a process from outside, whatever becomes of it until then; it waits while the process is paused. */
    void reach(long delayUs, SimulatedProcess process, String what, Runnable run) {
        add(nowUs + delayUs, process, Happening.ANY_LIFE, what, run);
    }

    private Happening add(long atUs, SimulatedProcess process, int life, String what, Runnable run) {
        Happening next = new Happening(Math.max(atUs, nowUs), orders++, process, life, what, run);
        push(next);
        return next;
    }

    Happening after(long delayUs, SimulatedProcess process, String what, Runnable run) {
        return at(nowUs + Math.max(0, delayUs), process, what, run);
    }

    /** Lets the next thing happen; false if nothing is left to happen. */
    boolean step() {
        while (size > 0) {
            Happening next = pop();
            if (next.isOff()) {
                continue;
            }
            if (next.process != null && next.process.pausedUntilUs() > Math.max(nowUs, next.atUs)) {
                next.atUs = next.process.pausedUntilUs();
                push(next);
                continue;
            }
            nowUs = Math.max(nowUs, next.atUs);
            steps++;
            trace.step(nowUs, next);
            run(next);
            return true;
        }
        return false;
    }

    private static void run(Happening next) {
        try {
            next.run.run();
        } catch (Crash crash) {
            crash.process().die();
        }
    }

    /** Lets everything happen before this time. May be called from within a step, by a process that is paused until then. */
    void runUntil(long untilUs) {
        while (size > 0 && heap[0].atUs < untilUs) {
            step();
        }
        nowUs = Math.max(nowUs, untilUs);
    }

    /** The process goes on earlier than it was to: what waited for it happens in its order, before what comes later. */
    void goesOn(SimulatedProcess process) {
        Happening[] all = Arrays.copyOf(heap, size);
        size = 0;
        for (Happening one : all) {
            if (one.process == process) {
                one.atUs = Math.min(one.atUs, Math.max(one.dueUs, nowUs));
            }
            push(one);
        }
    }

    private void push(Happening next) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int at = size++;
        while (at > 0 && next.isBefore(heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = next;
    }

    private Happening pop() {
        Happening first = heap[0];
        Happening last = heap[--size];
        heap[size] = null;
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (last.isBefore(heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        if (size > 0) {
            heap[at] = last;
        }
        return first;
    }
}

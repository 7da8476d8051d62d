package io.leasehold.core.state;

/**
 * Tasks that came in the order in which they leave: a ring in which every task knows its place, so that any of them leaves
 * in O(1), and coming and going touch no other task. One that leaves from the middle leaves a hole behind. Not thread-safe.
 */
final class TaskRun {
    /** Places in a run are from here on, those in a heap are below. */
    private static final int FIRST_PLACE = 1 << 30;

    private static final int SMALLEST = 16;

    private final int priority;
    private TaskEntry[] ring = new TaskEntry[SMALLEST];
    /** Where the first stands, and behind the last; neither is a hole. They go on for ever, but for the highest two bits. */
    private int from;

    private int to;
    private int size;

    TaskRun(int priority) {
        this.priority = priority;
    }

    /** Of all its tasks. */
    int priority() {
        return priority;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether the waiting task stands in a run, not in a heap. */
    static boolean holds(TaskEntry entry) {
        return entry.standsAt >= FIRST_PLACE;
    }

    /** Null if there is none. */
    TaskEntry first() {
        return ring[slot(from)];
    }

    /** Whether the task comes behind all that are here. */
    boolean isNext(TaskEntry entry) {
        return size == 0 || ring[slot(to - 1)].compareTo(entry) < 0;
    }

    /** Adds what {@link #isNext}. */
    void add(TaskEntry entry) {
        if (length() == ring.length) {
            makeRoom();
        }
        set(to, entry);
        to++;
        size++;
    }

    void remove(TaskEntry entry) {
        ring[slot(entry.standsAt)] = null;
        entry.standsAt = TaskEntry.NOWHERE;
        size--;
        if (size == 0) {
            from = to;
            return;
        }
        while (ring[slot(from)] == null) {
            from++;
        }
        while (ring[slot(to - 1)] == null) {
            to--;
        }
    }

    /** With the holes. */
    private int length() {
        return to - from;
    }

    private void makeRoom() {
        TaskEntry[] old = ring;
        if (size > old.length / 2) {
            ring = new TaskEntry[old.length * 2];
        }
        int end = to;
        to = from;
        for (int at = from; at != end; at++) {
            TaskEntry entry = old[at & (old.length - 1)];
            if (entry != null) {
                old[at & (old.length - 1)] = null;
                set(to, entry);
                to++;
            }
        }
    }

    private void set(int at, TaskEntry entry) {
        ring[slot(at)] = entry;
        entry.standsAt = at & (FIRST_PLACE - 1) | FIRST_PLACE;
    }

    /** The ring is as long as a power of two, so the highest bits do not matter. */
    private int slot(int place) {
        return place & (ring.length - 1);
    }
}

package io.leasehold.coordinator.lease;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Lease clocks in the order in which they are to be looked at: a binary heap in which every clock knows its place, so that
 * any of them leaves in O(log n); one that goes to the end, as most do, costs O(1). Not thread-safe.
 */
final class ClockLine {
    private LeaseClock[] clocks = new LeaseClock[16];
    private int size;

    /** Null if there is none. */
    LeaseClock first() {
        return size == 0 ? null : clocks[0];
    }

    void add(LeaseClock clock) {
        if (size == clocks.length) {
            clocks = Arrays.copyOf(clocks, size * 2);
        }
        size++;
        up(size - 1, clock);
    }

    void remove(LeaseClock clock) {
        int at = clock.place;
        size--;
        LeaseClock last = clocks[size];
        clocks[size] = null;
        if (last == clock) {
            return;
        }
        if (at > 0 && last.compareTo(clocks[(at - 1) >>> 1]) < 0) {
            up(at, last);
        } else {
            down(at, last);
        }
    }

    /** The first is to be looked at later than it was. */
    void firstIsLater() {
        down(0, clocks[0]);
    }

    /** In no order. */
    Stream<LeaseClock> stream() {
        return Arrays.stream(clocks, 0, size);
    }

    private void up(int from, LeaseClock clock) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (clock.compareTo(clocks[parent]) > 0) {
                break;
            }
            set(at, clocks[parent]);
            at = parent;
        }
        set(at, clock);
    }

    private void down(int from, LeaseClock clock) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && clocks[child + 1].compareTo(clocks[child]) < 0) {
                child++;
            }
            if (clocks[child].compareTo(clock) > 0) {
                break;
            }
            set(at, clocks[child]);
            at = child;
        }
        set(at, clock);
    }

    private void set(int at, LeaseClock clock) {
        clocks[at] = clock;
        clock.place = at;
    }
}

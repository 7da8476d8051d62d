package io.leasehold.chaos.load;

import java.util.TreeSet;

/** When something was seen of a shard, on {@link System#nanoTime()}. Thread-safe. */
final class Moments {
    private final TreeSet<Long> times = new TreeSet<>();

    synchronized void add(long ns) {
        times.add(ns);
    }

    synchronized boolean hasSince(long ns) {
        return times.ceiling(ns) != null;
    }

    /** The longest time between two of them that has a part in the interval; what lies before the first one counts not. */
    synchronized long longestGapNs(long fromNs, long toNs) {
        Long before = times.floor(fromNs);
        long last = before == null ? fromNs : before;
        long longest = 0;
        for (long time : times.tailSet(fromNs, false)) {
            longest = Math.max(longest, time - last);
            last = time;
            if (time > toNs) {
                return longest;
            }
        }
        return Math.max(longest, toNs - last);
    }
}

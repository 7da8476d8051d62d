package io.leasehold.verify;

import java.util.EnumMap;
import java.util.Map;

/** The counts of one shard. */
final class Tally {
    private final long[] counts = new long[Count.values().length];

    void add(Count count) {
        counts[count.ordinal()]++;
    }

    void add(Count count, long more) {
        counts[count.ordinal()] += more;
    }

    void set(Count count, long value) {
        counts[count.ordinal()] = value;
    }

    long get(Count count) {
        return counts[count.ordinal()];
    }

    Map<Count, Long> toMap() {
        Map<Count, Long> map = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            map.put(count, get(count));
        }
        return map;
    }
}

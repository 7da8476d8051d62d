package io.leasehold.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found to be wrong with a shard: how often each guarantee is broken, and where first. */
final class Findings {
    private final int shard;
    private final Map<Guarantee, CounterExample> first = new EnumMap<>(Guarantee.class);
    private final Map<Guarantee, Long> times = new EnumMap<>(Guarantee.class);

    Findings(int shard) {
        this.shard = shard;
    }

    /** @param task whom it concerns, or null */
    void broken(Guarantee guarantee, long offset, Known task, String what) {
        times.merge(guarantee, 1L, Long::sum);
        first.computeIfAbsent(guarantee, key -> {
            List<Fact> facts = task == null ? List.of() : task.trail.facts();
            String named = task == null ? what : "task " + task.name() + ": " + what;
            return new CounterExample(key, shard, offset, named, facts);
        });
    }

    List<CounterExample> first() {
        return new ArrayList<>(first.values());
    }

    Map<Guarantee, Long> times() {
        return times;
    }
}

package io.leasehold.cli.demo;

import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The death of a coordinator, and how long each of its shards was away: until a surviving coordinator answers for a task of
 * that shard again.
 */
final class Failover {
    private final String coordinator;
    private final long killedNanos = System.nanoTime();
    private final Map<Integer, String> probes;
    private final Map<Integer, Long> servedAfterMs = new TreeMap<>();

    /** @param probes one known task for each shard that it owned */
    Failover(String coordinator, Map<Integer, String> probes) {
        this.coordinator = coordinator;
        this.probes = new LinkedHashMap<>(probes);
    }

    String coordinator() {
        return coordinator;
    }

    List<Integer> shards() {
        return List.copyOf(probes.keySet());
    }

    boolean isOver() {
        return servedAfterMs.size() == probes.size();
    }

    /** By shard, in milliseconds; shards that are still away are missing. */
    Map<Integer, Long> servedAfterMs() {
        return servedAfterMs;
    }

    /** Asks for the tasks of the shards that are still away; returns the shards that answered now. */
    List<Integer> probe(Coordinator survivor) {
        Function<String, Boolean> answers = id -> {
            try {
                return survivor.getForAnswer(Routes.task(id)).statusCode() == 200;
            } catch (Failure e) {
                return false;
            }
        };
        List<Integer> back = probes.entrySet().stream()
                .filter(probe -> !servedAfterMs.containsKey(probe.getKey()))
                .filter(probe -> answers.apply(probe.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        long ms = (System.nanoTime() - killedNanos) / 1_000_000;
        back.forEach(shard -> servedAfterMs.put(shard, ms));
        return back;
    }
}

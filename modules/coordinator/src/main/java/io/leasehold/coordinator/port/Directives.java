package io.leasehold.coordinator.port;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What operators asked of the assignment; it stands until it is taken back, whoever comes and goes meanwhile.
 *
 * @param drained coordinators that are to get no shards and no standbys, for as long as there is anybody else
 * @param placed which coordinator is to own a shard, however many it has, whenever it is there and not drained
 */
public record Directives(Set<String> drained, Map<Integer, String> placed) {
    public static final Directives NONE = new Directives(Set.of(), Map.of());

    public Directives {
        drained = Collections.unmodifiableSet(new TreeSet<>(drained == null ? Set.of() : drained));
        placed = Collections.unmodifiableMap(new TreeMap<>(placed == null ? Map.of() : placed));
    }

    public boolean isDrained(String id) {
        return drained.contains(id);
    }

    public Directives drain(String id) {
        Set<String> more = new TreeSet<>(drained);
        more.add(id);
        return new Directives(more, placed);
    }

    public Directives undrain(String id) {
        Set<String> fewer = new TreeSet<>(drained);
        fewer.remove(id);
        return new Directives(fewer, placed);
    }

    public Directives place(int shard, String id) {
        Map<Integer, String> more = new TreeMap<>(placed);
        more.put(shard, id);
        return new Directives(drained, more);
    }

    public Directives unplace(Collection<Integer> shards) {
        Map<Integer, String> fewer = new TreeMap<>(placed);
        fewer.keySet().removeAll(shards);
        return new Directives(drained, fewer);
    }
}

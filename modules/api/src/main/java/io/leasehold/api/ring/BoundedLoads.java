package io.leasehold.api.ring;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Consistent hashing with bounded loads.
 *
 * <p>V. Mirrokni, M. Thorup, M. Zadimoghaddam: <i>Consistent Hashing with Bounded Loads</i>, 2016 (arXiv:1608.01350; SODA
 * 2018): every member has room for {@code ceil(c * keys / members)} keys; a key goes to the first member on its way round
 * the ring that has room. A join or a leave moves O(1/(c-1)^2) keys for each that it must. Keys take their places in the
 * order of their hashes, so that the outcome does not depend on the order in which they came.
 *
 * <p>One thing is added, for shards are few and a coordinator without any is wasted: a member that is left with fewer than
 * {@code floor(keys / members / c)} takes those that are nearest to it from members that have more to spare.
 */
final class BoundedLoads {
    private final HashRing ring;
    private final Set<String> keys;
    private final int most;
    private final int least;
    private final Map<String, List<String>> ways = new HashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, Integer> loads = new HashMap<>();

    BoundedLoads(HashRing ring, Collection<String> keys, double loadFactor) {
        if (!(loadFactor >= 1.0 && loadFactor <= 1_000.0)) {
            throw new IllegalArgumentException("loadFactor: " + loadFactor + " (expected: from 1.0 to 1000.0)");
        }
        this.ring = ring;
        this.keys = new LinkedHashSet<>(keys);
        int members = Math.max(1, ring.members().size());
        double average = (double) this.keys.size() / members;
        int needed = (this.keys.size() + members - 1) / members;
        this.most = Math.max(needed, (int) Math.ceil(loadFactor * average));
        this.least = (int) Math.floor(average / loadFactor);
    }

    Map<String, String> assign() {
        if (ring.isEmpty()) {
            return Map.of();
        }
        keys.forEach(key -> owners.put(key, null));
        ring.members().forEach(member -> loads.put(member, 0));
        keys.stream().sorted(byHash()).forEach(this::place);
        ring.members().forEach(this::fill);
        return owners;
    }

    private void place(String key) {
        List<String> way = ring.order(key);
        ways.put(key, way);
        for (String member : way) {
            if (loads.get(member) < most) {
                give(key, member);
                return;
            }
        }
        throw new IllegalStateException("room for " + most + " keys each does not hold " + keys.size());
    }

    private void fill(String member) {
        while (loads.get(member) < least) {
            String nearest = keys.stream()
                    .filter(key -> loads.get(owners.get(key)) > least)
                    .min(Comparator.comparingInt((String key) -> ways.get(key).indexOf(member))
                            .thenComparing(byHash()))
                    .orElseThrow(() -> new IllegalStateException("fewer keys than their floor"));
            give(nearest, member);
        }
    }

    private void give(String key, String member) {
        String before = owners.put(key, member);
        if (before != null) {
            loads.merge(before, -1, Integer::sum);
        }
        loads.merge(member, 1, Integer::sum);
    }

    private static Comparator<String> byHash() {
        return Comparator.comparingLong((String key) -> RingHash.of(key) + Long.MIN_VALUE)
                .thenComparing(Comparator.naturalOrder());
    }
}

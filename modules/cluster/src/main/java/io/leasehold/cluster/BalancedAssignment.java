package io.leasehold.cluster;

import io.leasehold.api.ring.HashRing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The next assignment, from the present one and who is there. Of N shards each of M members gets between floor(N/M) and
 * ceil(N/M), and no more shards move than that takes: a shard stays where it is as long as it may. A shard that must move
 * goes to the first member with room on its way round the ring (consistent hashing with bounded loads). A pure function.
 */
public final class BalancedAssignment {
    private final int least;
    private final int most;
    /** For each shard all members, in the order in which the ring is met from it on. */
    private final List<List<String>> ways = new ArrayList<>();

    private final SortedMap<String, TreeSet<Integer>> held = new TreeMap<>();
    private final TreeSet<Integer> homeless = new TreeSet<>();

    private BalancedAssignment(Map<Integer, String> present, HashRing ring, int shards) {
        int members = ring.members().size();
        least = shards / members;
        most = (shards + members - 1) / members;
        ring.members().forEach(member -> held.put(member, new TreeSet<>()));
        for (int shard = 0; shard < shards; shard++) {
            ways.add(ring.order(Integer.toString(shard)));
            String holder = present.get(shard);
            (holder != null && held.containsKey(holder) ? held.get(holder) : homeless).add(shard);
        }
    }

    /** @param members who may hold shards; at least one */
    public static SortedMap<Integer, String> next(
            Map<Integer, String> present, Collection<String> members, int shards) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members: none (expected: at least one)");
        }
        BalancedAssignment assignment = new BalancedAssignment(present, HashRing.of(members), shards);
        assignment.unloadAboveTheMost();
        assignment.unloadForTheNeedy();
        assignment.settleBelow(assignment.least);
        assignment.settleBelow(assignment.most);
        return assignment.result();
    }

    private void unloadAboveTheMost() {
        for (String member : held.keySet()) {
            while (load(member) > most) {
                unload(member);
            }
        }
    }

    /** Those above the least give, fullest first, until the homeless shards fill up all members that are below it. */
    private void unloadForTheNeedy() {
        int missing = held.keySet().stream()
                .mapToInt(member -> Math.max(0, least - load(member)))
                .sum();
        while (homeless.size() < missing) {
            unload(held.keySet().stream()
                    .max(Comparator.comparingInt(this::load).thenComparing(Comparator.reverseOrder()))
                    .orElseThrow());
        }
    }

    /** The shard goes that has the shortest way to a member in need; then the one that is farthest from its home. */
    private void unload(String member) {
        int leaves = held.get(member).stream()
                .min(Comparator.comparingInt((Integer shard) -> wayToNeed(shard))
                        .thenComparing(shard -> -ways.get(shard).indexOf(member))
                        .thenComparing(shard -> shard))
                .orElseThrow();
        held.get(member).remove(leaves);
        homeless.add(leaves);
    }

    /** Each homeless shard goes to the first on its way that holds less than this, if there is any. */
    private void settleBelow(int limit) {
        for (int shard : List.copyOf(homeless)) {
            ways.get(shard).stream()
                    .filter(member -> load(member) < limit)
                    .findFirst()
                    .ifPresent(member -> settle(shard, member));
        }
    }

    private void settle(int shard, String member) {
        homeless.remove(shard);
        held.get(member).add(shard);
    }

    private int wayToNeed(int shard) {
        List<String> way = ways.get(shard);
        int steps = 0;
        while (steps < way.size() && load(way.get(steps)) >= least) {
            steps++;
        }
        return steps;
    }

    private int load(String member) {
        return held.get(member).size();
    }

    private SortedMap<Integer, String> result() {
        SortedMap<Integer, String> result = new TreeMap<>();
        held.forEach((member, shards) -> shards.forEach(shard -> result.put(shard, member)));
        return result;
    }
}

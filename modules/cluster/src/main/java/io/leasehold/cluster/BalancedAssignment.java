package io.leasehold.cluster;

import io.leasehold.api.ring.HashRing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The next assignment, from the present one and who is there. Of N shards each of M members gets between floor(N/M) and
 * ceil(N/M), and no more shards move than that takes: a shard stays where it is as long as it may. A shard that must move
 * goes to the first member with room on its way round the ring (consistent hashing with bounded loads). A pure function.
 *
 * <p>A shard that was placed is at its member, whatever the loads, as long as that is one of the members; the other shards
 * are spread as evenly over all members as those leave room for.
 */
public final class BalancedAssignment {
    private final int least;
    private final int most;
    /** For each shard all members, in the order in which the ring is met from it on. */
    private final List<List<String>> ways = new ArrayList<>();

    private final SortedMap<String, TreeSet<Integer>> held = new TreeMap<>();
    private final TreeSet<Integer> homeless = new TreeSet<>();
    /** Shards that stay where they were placed. */
    private final Set<Integer> fixed = new HashSet<>();

    private BalancedAssignment(Map<Integer, String> present, HashRing ring, int shards, Map<Integer, String> placed) {
        ring.members().forEach(member -> held.put(member, new TreeSet<>()));
        for (int shard = 0; shard < shards; shard++) {
            String place = placed.get(shard);
            if (place != null && held.containsKey(place)) {
                fixed.add(shard);
                held.get(place).add(shard);
            }
        }
        int free = shards - fixed.size();
        least = level(free);
        most = missingTo(least) == free ? least : least + 1;
        for (int shard = 0; shard < shards; shard++) {
            ways.add(ring.order(Integer.toString(shard)));
            String holder = present.get(shard);
            if (!fixed.contains(shard)) {
                (holder != null && held.containsKey(holder) ? held.get(holder) : homeless).add(shard);
            }
        }
    }

    /** With nobody's wishes. */
    public static SortedMap<Integer, String> next(
            Map<Integer, String> present, Collection<String> members, int shards) {
        return next(present, members, shards, Map.of());
    }

    /**
     * @param members who may hold shards; at least one
     * @param placed which member is to hold a shard whenever it is one of these
     */
    public static SortedMap<Integer, String> next(
            Map<Integer, String> present, Collection<String> members, int shards, Map<Integer, String> placed) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members: none (expected: at least one)");
        }
        BalancedAssignment assignment = new BalancedAssignment(present, HashRing.of(members), shards, placed);
        assignment.unloadAboveTheMost();
        assignment.unloadForTheNeedy();
        assignment.settleBelow(assignment.least);
        assignment.settleBelow(assignment.most);
        return assignment.result();
    }

    /** How many shards every member can have at least, if so many are spread over those that hold the placed ones. */
    private int level(int free) {
        int level = 0;
        while (missingTo(level + 1) <= free) {
            level++;
        }
        return level;
    }

    private int missingTo(int level) {
        return held.keySet().stream()
                .mapToInt(member -> Math.max(0, level - load(member)))
                .sum();
    }

    private void unloadAboveTheMost() {
        for (String member : held.keySet()) {
            while (load(member) > most && mayGive(member)) {
                unload(member);
            }
        }
    }

    private boolean mayGive(String member) {
        return !fixed.containsAll(held.get(member));
    }

    /** Those above the least give, fullest first, until the homeless shards fill up all members that are below it. */
    private void unloadForTheNeedy() {
        int missing = missingTo(least);
        while (homeless.size() < missing) {
            unload(held.keySet().stream()
                    .filter(member -> load(member) > least && mayGive(member))
                    .max(Comparator.comparingInt(this::load).thenComparing(Comparator.reverseOrder()))
                    .orElseThrow());
        }
    }

    /** The shard goes that has the shortest way to a member in need; then the one that is farthest from its home. */
    private void unload(String member) {
        int leaves = held.get(member).stream()
                .filter(shard -> !fixed.contains(shard))
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

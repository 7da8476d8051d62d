package io.leasehold.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who stands by for each shard: the member that {@link BalancedAssignment} would give the shard to if its owner left. So
 * the shards of an owner that dies go exactly to their standbys, evenly, and no other shard moves. A pure function.
 */
public final class StandbyAssignment {
    private StandbyAssignment() {}

    /** With nobody's wishes. */
    public static SortedMap<Integer, String> of(Map<Integer, String> owners, Collection<String> members, int shards) {
        return of(owners, members, shards, Map.of());
    }

    /**
     * @param owners who is to own each shard, as {@link BalancedAssignment} said
     * @param members who may hold shards
     * @param placed which member is to own a shard whenever it may hold any
     * @return the standby of each shard; empty if there is nobody beside its owner
     */
    public static SortedMap<Integer, String> of(
            Map<Integer, String> owners, Collection<String> members, int shards, Map<Integer, String> placed) {
        SortedMap<Integer, String> standbys = new TreeMap<>();
        for (String owner : new TreeSet<>(owners.values())) {
            List<String> others =
                    members.stream().filter(member -> !member.equals(owner)).toList();
            if (!others.isEmpty()) {
                Map<Integer, String> without = BalancedAssignment.next(owners, others, shards, placed);
                without.forEach((shard, heir) -> {
                    if (owner.equals(owners.get(shard))) {
                        standbys.put(shard, heir);
                    }
                });
            }
        }
        return standbys;
    }
}

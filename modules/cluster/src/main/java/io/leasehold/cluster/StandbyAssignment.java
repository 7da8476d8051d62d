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

    /**
     * @param owners who is to own each shard, as {@link BalancedAssignment} said
     * @param members who may hold shards
     * @return the standby of each shard; empty if there is nobody beside its owner
     */
    public static SortedMap<Integer, String> of(Map<Integer, String> owners, Collection<String> members, int shards) {
        SortedMap<Integer, String> standbys = new TreeMap<>();
        for (String owner : new TreeSet<>(owners.values())) {
            List<String> others =
                    members.stream().filter(member -> !member.equals(owner)).toList();
            if (!others.isEmpty()) {
                Map<Integer, String> without = BalancedAssignment.next(owners, others, shards);
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

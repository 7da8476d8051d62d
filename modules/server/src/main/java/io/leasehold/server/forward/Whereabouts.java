package io.leasehold.server.forward;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Who serves which shard, as far as this process knows. Thread-safe. */
public final class Whereabouts {
    private final String self;
    private final int shards;
    private final FrontDesk desk;
    private final Supplier<ClusterMap> map;
    private final Predicate<Member> gone;

    /**
     * @param self this coordinator's id
     * @param gone whether a member of the map is known to be dead
     */
    public Whereabouts(String self, int shards, FrontDesk desk, Supplier<ClusterMap> map, Predicate<Member> gone) {
        this.self = self;
        this.shards = shards;
        this.desk = desk;
        this.map = map;
        this.gone = gone;
    }

    public String self() {
        return self;
    }

    /** How many shards the cluster has. */
    public int shards() {
        return shards;
    }

    public ClusterMap map() {
        return map.get();
    }

    public boolean isHere(int shard) {
        return desk.owns(shard);
    }

    /**
     * Another live coordinator that owns the shard, or null if there is none: then it is here, or nowhere at present. The
     * shards of an owner that is dead are with their standbys, or soon will be, whatever the map says.
     */
    public Member elsewhere(int shard) {
        ClusterMap now = map.get();
        if (shard < 0 || shard >= now.shards().size()) {
            return null;
        }
        Member owner = now.ownerOf(shard);
        if (owner != null && gone.test(owner)) {
            owner = heirOf(now, now.shards().get(shard));
        }
        return owner == null || owner.id().equals(self) ? null : owner;
    }

    private Member heirOf(ClusterMap now, Place place) {
        Member heir = place.standby() == null ? null : now.member(place.standby());
        return heir == null || gone.test(heir) ? null : heir;
    }

    /** The shards that this process serves. */
    public List<Integer> here() {
        List<Integer> here = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            if (isHere(shard)) {
                here.add(shard);
            }
        }
        return here;
    }

    /** Any shard that this process serves, or -1. */
    public int anyHere() {
        List<Integer> here = here();
        return here.isEmpty() ? -1 : here.get(ThreadLocalRandom.current().nextInt(here.size()));
    }

    /** Any other live coordinator that owns a shard, always the same one for the same name as long as the map stays; or null. */
    public Member anyOwner(String name) {
        List<Member> owners = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            Member owner = elsewhere(shard);
            if (owner != null && !owner.leaving()) {
                owners.add(owner);
            }
        }
        return owners.isEmpty() ? null : owners.get(Math.floorMod(name.hashCode(), owners.size()));
    }

    /** Splits shards by who serves them. */
    public Split split(Iterable<Integer> wanted) {
        List<Integer> here = new ArrayList<>();
        List<Integer> nowhere = new ArrayList<>();
        Map<Member, List<Integer>> elsewhere = new LinkedHashMap<>();
        for (int shard : wanted) {
            if (isHere(shard)) {
                here.add(shard);
            } else {
                Member owner = elsewhere(shard);
                (owner == null ? nowhere : elsewhere.computeIfAbsent(owner, id -> new ArrayList<>())).add(shard);
            }
        }
        return new Split(here, elsewhere, nowhere);
    }

    /** @param nowhere shards without a live owner that is known */
    public record Split(List<Integer> here, Map<Member, List<Integer>> elsewhere, List<Integer> nowhere) {}
}

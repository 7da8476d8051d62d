package io.leasehold.server.forward;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.core.task.Home;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Who serves which shard, as far as this process knows. Thread-safe. */
public final class Whereabouts {
    private final String self;
    private final List<Integer> counts;
    private final FrontDesk desk;
    private final Supplier<ClusterMap> map;
    private final Predicate<Member> gone;

    /**
     * @param self this coordinator's id
     * @param counts how many shards the cluster has had, as far as is known before the first map
     * @param gone whether a member of the map is known to be dead
     */
    public Whereabouts(
            String self, List<Integer> counts, FrontDesk desk, Supplier<ClusterMap> map, Predicate<Member> gone) {
        this.self = self;
        this.counts = List.copyOf(counts);
        this.desk = desk;
        this.map = map;
        this.gone = gone;
    }

    public String self() {
        return self;
    }

    /** How many shards the cluster has now. */
    public int shards() {
        List<Integer> now = counts();
        return now.get(now.size() - 1);
    }

    /** The one shard that takes new tasks of this id. */
    public int homeOf(String id) {
        return Home.of(id, shards());
    }

    /** Where tasks of this id may be: its home, then the homes that it had when there were fewer shards, newest first. */
    public List<Integer> homesOf(String id) {
        List<Integer> now = counts();
        Set<Integer> homes = new LinkedHashSet<>();
        for (int i = now.size() - 1; i >= 0; i--) {
            homes.add(Home.of(id, now.get(i)));
        }
        return List.copyOf(homes);
    }

    private List<Integer> counts() {
        List<Integer> now = map.get().counts();
        return now.isEmpty() ? counts : now;
    }

    public ClusterMap map() {
        return map.get();
    }

    /** Other coordinators that are not known to be dead, nor leave. */
    public List<Member> others() {
        return map.get().members().stream()
                .filter(member -> isOther(member) && !member.leaving())
                .toList();
    }

    /** Another coordinator that is not known to be dead; null if there is none of this id. */
    public Member other(String id) {
        Member member = map.get().member(id);
        return member != null && isOther(member) ? member : null;
    }

    /** The same by its address. */
    public Member otherAt(String url) {
        return map.get().members().stream()
                .filter(member -> member.url().equals(url) && isOther(member))
                .findFirst()
                .orElse(null);
    }

    private boolean isOther(Member member) {
        return !member.id().equals(self) && !gone.test(member);
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
        int shards = shards();
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
        int shards = shards();
        for (int shard = 0; shard < shards; shard++) {
            Member owner = elsewhere(shard);
            if (owner != null && !owner.leaving()) {
                owners.add(owner);
            }
        }
        return owners.isEmpty() ? null : owners.get(Math.floorMod(name.hashCode(), owners.size()));
    }

    /** A shard of {@link #anyOwner}, or -1. */
    public int anyElsewhere(String name) {
        Member owner = anyOwner(name);
        if (owner == null) {
            return -1;
        }
        List<Integer> theirs = new ArrayList<>();
        int shards = shards();
        for (int shard = 0; shard < shards; shard++) {
            if (owner.equals(elsewhere(shard))) {
                theirs.add(shard);
            }
        }
        return theirs.isEmpty() ? -1 : theirs.get(ThreadLocalRandom.current().nextInt(theirs.size()));
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

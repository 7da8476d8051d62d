package io.leasehold.simulator;

import io.leasehold.cluster.BalancedAssignment;
import io.leasehold.cluster.StandbyAssignment;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cluster's store: who is there, who is to own what, who says that he does. Whoever is connected hears of changes. */
final class Ensemble {
    static final long SESSION_US = 6_000_000;
    private static final long GATHER_US = 200_000;
    /** Watches come late by so much at most, and records land so late. */
    private static final long NEWS_US = 45_000_000;

    private record Question(Map<Integer, String> present, List<String> members, int shards) {}

    private record Assigned(SortedMap<Integer, String> shards, SortedMap<Integer, String> standbys) {
        static final Assigned NOTHING = new Assigned(new TreeMap<>(), new TreeMap<>());

        static Assigned of(Question question) {
            var shards = BalancedAssignment.next(question.present, question.members, question.shards);
            return new Assigned(shards, StandbyAssignment.of(shards, question.members, question.shards));
        }
    }

    /** The answer depends on nothing but the question, and making a ring is slow. */
    private static final Map<Question, Assigned> ASSIGNMENTS = new HashMap<>();

    private final World world;
    private final int shards;
    private final TreeMap<String, Member> members = new TreeMap<>();
    private final Map<String, Long> sessions = new HashMap<>();
    /** Since when whoever is registered has read what it reads now, in true time. */
    private final Map<String, Long> sinceUs = new HashMap<>();

    private final List<Session> watchers = new ArrayList<>();
    private Assigned assigned = Assigned.NOTHING;
    private final String[] owners;
    private final long[] epochs;
    private final String[] caughtUp;
    private final Witness[] witnesses;
    private boolean assigning;

    Ensemble(World world, int shards) {
        this.world = world;
        this.shards = shards;
        this.owners = new String[shards];
        this.epochs = new long[shards];
        this.caughtUp = new String[shards];
        this.witnesses = new Witness[shards];
    }

    ClusterMap map() {
        List<Place> places = new ArrayList<>(shards);
        for (int shard = 0; shard < shards; shard++) {
            places.add(new Place(
                    shard,
                    assigned.shards.get(shard),
                    assigned.standbys.get(shard),
                    owners[shard],
                    owners[shard],
                    epochs[shard],
                    caughtUp[shard],
                    witnesses[shard]));
        }
        return new ClusterMap(List.copyOf(members.values()), places, true);
    }

    void watch(Session session) {
        watchers.add(session);
    }

    void unwatch(Session session) {
        watchers.remove(session);
    }

    void register(Member member, long session) {
        Member before = members.put(member.id(), member);
        if (before == null || before.foldVersion() != member.foldVersion()) {
            sinceUs.put(member.id(), world.timeline.nowUs());
        }
        sessions.put(member.id(), session);
        changed();
    }

    /**
     * Who has been registered for longer than news of it may be under way, and does not read this fold version; null if
     * everyone does.
     */
    String whoCannotRead(int version) {
        return members.values().stream()
                .filter(member -> member.foldVersion() < version)
                .map(Member::id)
                .filter(id -> world.timeline.nowUs() - sinceUs.getOrDefault(id, 0L) > NEWS_US)
                .findFirst()
                .orElse(null);
    }

    /** What this session put there for as long as it lives is gone. */
    void expire(String id, long session) {
        if (sessions.getOrDefault(id, -1L) != session) {
            return;
        }
        members.remove(id);
        sessions.remove(id);
        for (int shard = 0; shard < shards; shard++) {
            if (id.equals(caughtUp[shard])) {
                caughtUp[shard] = null;
            }
        }
        changed();
    }

    void owns(int shard, String id, long epoch) {
        if (epoch >= epochs[shard]) {
            owners[shard] = id;
            epochs[shard] = epoch;
            if (id.equals(caughtUp[shard])) {
                caughtUp[shard] = null;
            }
            changed();
        }
    }

    void corrects(int shard, String id, long epoch, Place wrong) {
        if (epochs[shard] == wrong.epoch() && Objects.equals(owners[shard], wrong.owner())) {
            owners[shard] = id;
            epochs[shard] = epoch;
            changed();
        }
    }

    void caughtUp(int shard, String id) {
        caughtUp[shard] = id;
        changed();
    }

    void released(int shard, String id, long epoch) {
        if (id.equals(owners[shard]) && epoch >= epochs[shard]) {
            owners[shard] = null;
            changed();
        }
    }

    void witness(int shard, Witness witness) {
        if (witness.isBeyond(witnesses[shard])) {
            witnesses[shard] = witness;
            changed();
        }
    }

    /** Everything is gone; whoever is there comes back. */
    void wipe() {
        members.clear();
        sessions.clear();
        assigned = Assigned.NOTHING;
        for (int shard = 0; shard < shards; shard++) {
            owners[shard] = null;
            epochs[shard] = 0;
            caughtUp[shard] = null;
            witnesses[shard] = null;
        }
        changed();
        List.copyOf(watchers).forEach(Session::wiped);
    }

    private void changed() {
        for (int i = 0; i < watchers.size(); i++) {
            watchers.get(i).changed();
        }
        if (!assigning) {
            assigning = true;
            world.timeline.after(GATHER_US, null, "assign", this::assign);
        }
    }

    private void assign() {
        assigning = false;
        List<String> able = members.values().stream()
                .filter(member -> !member.leaving())
                .map(Member::id)
                .toList();
        if (able.isEmpty()) {
            return;
        }
        Assigned next;
        synchronized (ASSIGNMENTS) {
            next = ASSIGNMENTS.computeIfAbsent(new Question(assigned.shards, able, shards), Assigned::of);
        }
        if (!next.equals(assigned)) {
            assigned = next;
            changed();
        }
    }
}

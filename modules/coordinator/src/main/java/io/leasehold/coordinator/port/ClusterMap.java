package io.leasehold.coordinator.port;

import java.util.List;

/**
 * What is known of the cluster at one moment; a hint, never a proof: the log decides who owns a shard.
 *
 * @param members live coordinators, by id
 * @param shards one entry a shard, in order of shard number
 * @param connected false while the cluster's store is out of reach and the rest of this picture may be old
 * @param counts how many shards the cluster has had, ever more, the present number last; never falls short of what an
 *     earlier map said
 * @param directives what operators asked for
 */
public record ClusterMap(
        List<Member> members, List<Place> shards, boolean connected, List<Integer> counts, Directives directives) {

    public static final ClusterMap EMPTY = new ClusterMap(List.of(), List.of(), false);

    /**
     * @param leaving it is shutting down in good order: it hands its shards over and gets no new ones
     * @param foldVersion the newest fold version that it reads; releases that say nothing of it read
     *     {@link #UNSAID_FOLD_VERSION}
     */
    public record Member(String id, String url, long startedMs, boolean leaving, int foldVersion) {
        public static final int UNSAID_FOLD_VERSION = 2;

        public Member {
            foldVersion = Math.max(UNSAID_FOLD_VERSION, foldVersion);
        }

        /** As a release registers that says nothing of its fold version. */
        public Member(String id, String url, long startedMs, boolean leaving) {
            this(id, url, startedMs, leaving, UNSAID_FOLD_VERSION);
        }
    }

    /**
     * @param assigned which coordinator is to own the shard, or null
     * @param standby which coordinator follows the shard, to take it over should its owner die; or null
     * @param owner who last published an effective claim, or null; it may be gone
     * @param url the owner's address, or null
     * @param epoch of the owner's claim; 0 if there was none
     * @param caughtUp which coordinator has followed the journal to its end and waits to take over, or null
     * @param witness how far the shard's journal had come at least, or null if nobody wrote that down
     */
    public record Place(
            int shard,
            String assigned,
            String standby,
            String owner,
            String url,
            long epoch,
            String caughtUp,
            Witness witness) {}

    /** A cluster that never grew, and of which nobody asked anything. */
    public ClusterMap(List<Member> members, List<Place> shards, boolean connected) {
        this(members, shards, connected, shards.isEmpty() ? List.of() : List.of(shards.size()), Directives.NONE);
    }

    /** The same, seen from where the cluster's store is out of reach. */
    public ClusterMap disconnected() {
        return new ClusterMap(members, shards, false, counts, directives);
    }

    public Member member(String id) {
        for (Member member : members) {
            if (member.id().equals(id)) {
                return member;
            }
        }
        return null;
    }

    /** The shard's owner if it is alive, else null. */
    public Member ownerOf(int shard) {
        Place place = shards.get(shard);
        return place.owner() == null ? null : member(place.owner());
    }
}

package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Place;

/** What a coordinator does about one shard, given what it knows: a pure function. */
enum ShardPlan {
    /** Nothing to do. */
    KEEP,
    /** Make a copy and follow the journal. */
    OPEN,
    /** Tell the owner that this copy is ready to take over. */
    OFFER,
    CLAIM,
    /** Give the shard up in good order. */
    RELEASE,
    /** Drop this copy. */
    CLOSE,
    /** Take back what the map says: there is no copy here any more, and the next owner waits for this one. */
    DISOWN;

    /**
     * What is known of a shard beside the map.
     *
     * @param status of this process's copy, or null if there is none
     * @param caughtUp whether that copy has read the journal to its end
     * @param released whether it has read there that the owner gave the shard up
     * @param lastOwner whether this process made the newest claim it has read there
     * @param ownerGone whether the owner seems to be dead, whatever the cluster's store says
     * @param assigneeGone whether whom the shard is assigned to seems to be dead
     * @param overdue whether nobody claims the shard though it is to be had; or it was given up here and nobody took it
     */
    record Facts(
            ShardStatus status,
            boolean caughtUp,
            boolean released,
            boolean lastOwner,
            boolean ownerGone,
            boolean assigneeGone,
            boolean overdue) {}

    static ShardPlan of(String me, ClusterMap map, int shard, Facts facts) {
        if (facts.status() == null) {
            return withoutCopy(me, map, shard, facts);
        }
        return switch (facts.status()) {
            case FOLLOWING -> following(me, map, shard, facts);
            case ACTIVE -> isToBeHandedOver(me, map, shard, facts) ? RELEASE : KEEP;
            default -> KEEP;
        };
    }

    private static ShardPlan withoutCopy(String me, ClusterMap map, int shard, Facts facts) {
        Place place = map.shards().get(shard);
        boolean saidToOwn = me.equals(place.owner());
        if (map.connected() && saidToOwn && !me.equals(place.assigned())) {
            return DISOWN;
        }
        return isNamed(me, place) || facts.overdue() ? OPEN : KEEP;
    }

    private static ShardPlan following(String me, ClusterMap map, int shard, Facts facts) {
        Place place = map.shards().get(shard);
        if (map.connected() && !isNamed(me, place) && !facts.overdue()) {
            return CLOSE;
        }
        if (!facts.caughtUp()) {
            return KEEP;
        }
        if (facts.ownerGone()) {
            return CLAIM;
        }
        if (!map.connected()) {
            // Who is alive is not known; but that nobody else has claimed the shard since, is.
            return facts.lastOwner() && !facts.released() ? CLAIM : KEEP;
        }
        boolean saidToOwn = me.equals(place.owner());
        boolean served = map.ownerOf(shard) != null && !saidToOwn && !facts.released();
        if (me.equals(place.assigned())) {
            return served ? OFFER : CLAIM;
        }
        boolean ownerLeftWithoutAWord = place.owner() != null && map.ownerOf(shard) == null;
        return !served && (ownerLeftWithoutAWord || facts.overdue()) ? CLAIM : KEEP;
    }

    /** The next owner says that it is ready, and is alive to say so. */
    private static boolean isToBeHandedOver(String me, ClusterMap map, int shard, Facts facts) {
        Place place = map.shards().get(shard);
        return map.connected()
                && place.assigned() != null
                && !me.equals(place.assigned())
                && place.assigned().equals(place.caughtUp())
                && map.member(place.assigned()) != null
                && !facts.assigneeGone();
    }

    /** Whether this coordinator is to have a copy of the shard. */
    static boolean isNamed(String me, Place place) {
        return me.equals(place.assigned()) || me.equals(place.standby());
    }
}

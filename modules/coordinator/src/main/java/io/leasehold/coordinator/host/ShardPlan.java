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
     * @param status of this process's copy, or null if there is none
     * @param caughtUp whether that copy has read the journal to its end
     * @param released whether it has read there that the owner gave the shard up
     */
    static ShardPlan of(String me, ClusterMap map, int shard, ShardStatus status, boolean caughtUp, boolean released) {
        if (!map.connected()) {
            return KEEP;
        }
        Place place = map.shards().get(shard);
        boolean mine = me.equals(place.assigned());
        if (status == null) {
            if (mine) {
                return OPEN;
            }
            return me.equals(place.owner()) ? DISOWN : KEEP;
        }
        if (status == ShardStatus.FOLLOWING) {
            if (!mine) {
                return CLOSE;
            }
            if (!caughtUp) {
                return KEEP;
            }
            boolean servedByAnother = map.ownerOf(shard) != null && !me.equals(place.owner()) && !released;
            return servedByAnother ? OFFER : CLAIM;
        }
        if (status == ShardStatus.ACTIVE
                && !mine
                && place.assigned() != null
                && place.assigned().equals(place.caughtUp())) {
            return RELEASE;
        }
        return KEEP;
    }
}

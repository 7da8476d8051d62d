package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import java.util.Objects;

/** Whether a cluster is at rest: each shard is served by whom it is assigned to, and its standby could take over. */
public final class Rest {
    private Rest() {}

    /** What is missing, or null if nothing is. */
    public static String missing(ClusterView view) {
        if (!view.connected()) {
            return "the coordinator that answers cannot reach ZooKeeper";
        }
        for (ClusterView.ShardView shard : view.shards()) {
            if (!"active".equals(shard.status())) {
                return "shard " + shard.shard() + " is " + shard.status();
            }
            if (!Objects.equals(shard.owner(), shard.assigned())) {
                return "shard " + shard.shard() + " is to go from " + shard.owner() + " to " + shard.assigned();
            }
            if (shard.standby() != null && !Boolean.TRUE.equals(shard.standbyReady())) {
                return "shard " + shard.shard() + "'s standby " + shard.standby() + " is loading";
            }
        }
        return null;
    }
}

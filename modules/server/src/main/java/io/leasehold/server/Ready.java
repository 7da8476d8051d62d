package io.leasehold.server;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.server.http.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Ready means: ZooKeeper was reached once, this coordinator is a member, it serves every shard that is assigned to it, and it
 * is not about to stop. An outage of ZooKeeper later on does not make it unready: its shards go on.
 */
final class Ready implements Readiness {
    private final String self;
    private final FrontDesk desk;
    private final Supplier<ClusterMap> map;
    private volatile boolean stopping;

    Ready(String self, FrontDesk desk, Supplier<ClusterMap> map) {
        this.self = self;
        this.desk = desk;
        this.map = map;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public List<Check> checks() {
        ClusterMap now = map.get();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("running", stopping ? "stopping" : null));
        checks.add(new Check("zookeeper", now.shards().isEmpty() ? "not reached yet" : null));
        checks.add(new Check("registered", now.member(self) == null ? "not a member of the cluster" : null));
        Map<Integer, ShardView> copies =
                desk.shards().stream().collect(Collectors.toMap(ShardView::shard, copy -> copy));
        for (Place place : now.shards()) {
            if (self.equals(place.assigned())) {
                checks.add(new Check("shard " + place.shard(), whyNot(copies.get(place.shard()))));
            }
        }
        return checks;
    }

    private static String whyNot(ShardView copy) {
        if (copy == null) {
            return "not opened yet";
        }
        if (copy.status() == ShardStatus.ACTIVE) {
            return null;
        }
        return copy.status().word() + (copy.problem() == null ? "" : ", " + copy.problem());
    }
}

package io.leasehold.chaos.fault;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Who owns which shard, as any coordinator says. Safe for any thread. */
public final class ClusterMap {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ChaosCluster cluster;

    public ClusterMap(ChaosCluster cluster) {
        this.cluster = cluster;
    }

    /** What the first that answers says, or null. */
    public ClusterView view() {
        for (CoordinatorNode node : cluster.coordinators()) {
            if (node.isAlive()) {
                try {
                    byte[] body = Coordinator.at(URI.create(node.directUrl()), TIMEOUT)
                            .get(Routes.CLUSTER);
                    return Json.readAnswer(body, ClusterView.class);
                } catch (Failure e) {
                    // the next one may answer
                }
            }
        }
        return null;
    }

    /** Whether every shard is served by somebody. */
    public boolean isServed() {
        ClusterView view = view();
        return view != null && view.shards().stream().allMatch(shard -> "active".equals(shard.status()));
    }

    /**
     * Three of four faults of coordinators are aimed at one that owns something, whoever was planned: the others cost
     * nobody anything.
     */
    public Fault aimed(Fault fault) {
        ClusterView view =
                fault.kind().place == FaultKind.Place.COORDINATOR && fault.variant() % 4 != 0 ? view() : null;
        if (view == null) {
            return fault;
        }
        String owner = view.shards().get(fault.variant() % view.shards().size()).owner();
        for (int c = 0; c < cluster.coordinators().size(); c++) {
            if (cluster.coordinators().get(c).id().equals(owner)) {
                return new Fault(fault.number(), fault.kind(), c, fault.holdMs(), fault.variant());
            }
        }
        return fault;
    }

    /** A coordinator's faults are meant for the shards that it owns, the others for all. */
    List<Integer> affectedBy(Fault fault) {
        ClusterView view = fault.kind().place == FaultKind.Place.COORDINATOR ? view() : null;
        if (view == null) {
            return IntStream.range(0, ChaosCluster.SHARDS).boxed().toList();
        }
        return view.shards().stream()
                .filter(shard -> fault.targetName().equals(shard.owner()))
                .map(ClusterView.ShardView::shard)
                .toList();
    }
}

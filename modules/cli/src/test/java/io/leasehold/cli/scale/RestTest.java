package io.leasehold.cli.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestTest {
    @Test
    void shardsServedByWhomTheyAreAssignedToWithStandbysThatCouldTakeOverAreAtRest() {
        assertThat(Rest.missing(view(true, shard("c1", "active", "c1", "c2", true))))
                .isNull();
        assertThat(Rest.missing(view(true, shard("c1", "active", "c1", null, null))))
                .isNull();
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(Rest.missing(view(false, shard("c1", "active", "c1", "c2", true))))
                .contains("cannot reach ZooKeeper");
        assertThat(Rest.missing(view(true, shard(null, "unowned", "c1", "c2", true))))
                .isEqualTo("shard 0 is unowned");
        assertThat(Rest.missing(view(true, shard("c1", "active", "c2", "c1", true))))
                .isEqualTo("shard 0 is to go from c1 to c2");
        assertThat(Rest.missing(view(true, shard("c1", "active", "c1", "c2", false))))
                .isEqualTo("shard 0's standby c2 is loading");
        assertThat(Rest.missing(view(true, shard("c1", "active", "c1", "c2", null))))
                .isEqualTo("shard 0's standby c2 is loading");
    }

    private static ClusterView view(boolean connected, ClusterView.ShardView shard) {
        return new ClusterView(List.of(), null, List.of(shard), 0, connected, List.of(1), List.of());
    }

    private static ClusterView.ShardView shard(
            String owner, String status, String assigned, String standby, Boolean standbyReady) {
        return new ClusterView.ShardView(
                0, owner, null, 1, status, standby, standbyReady, null, null, null, null, assigned, null, null, null);
    }
}

package io.leasehold.server.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private final Set<String> gone = new HashSet<>();
    private final Whereabouts whereabouts = new Whereabouts(
            "me", List.of(1), new FrontDesk(Clock.system(), 10), cluster::map, member -> gone.contains(member.id()));

    @BeforeEach
    void join() {
        cluster.join("me", "http://me");
        cluster.join("owner", "http://owner");
        cluster.join("heir", "http://heir");
        cluster.claimFor(0, "owner");
        cluster.standBy(0, "heir");
    }

    @Test
    void shardIsLookedForAtItsOwner() {
        assertThat(whereabouts.elsewhere(0).id()).isEqualTo("owner");
    }

    @Test
    void shardOfADeadOwnerIsLookedForAtItsStandby() {
        gone.add("owner");

        assertThat(whereabouts.elsewhere(0).id()).isEqualTo("heir");
    }

    @Test
    void shardWhoseStandbyIsDeadTooIsNowhere() {
        gone.add("owner");
        gone.add("heir");

        assertThat(whereabouts.elsewhere(0)).isNull();
    }

    @Test
    void standbyLooksForItsShardAtNoOtherOnceTheOwnerIsDead() {
        cluster.standBy(0, "me");
        gone.add("owner");

        assertThat(whereabouts.elsewhere(0)).isNull();
    }
}

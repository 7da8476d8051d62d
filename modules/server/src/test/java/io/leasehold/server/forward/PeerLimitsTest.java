package io.leasehold.server.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.RawHttp2;
import io.leasehold.server.testkit.TestCoordinator;
import org.junit.jupiter.api.Test;

/** Coordinators forward for many clients, and so may have more requests under way on one connection than a client. */
class PeerLimitsTest {
    private final InMemoryCluster cluster = new InMemoryCluster(1);

    @Test
    void addressOfAnotherCoordinatorHasMoreStreamsWhileItIsAMember() {
        try (TestCoordinator here = new TestCoordinator("here", cluster)) {
            assertThat(streamsOf(here)).isEqualTo(TestCoordinator.MAX_STREAMS);

            TestCoordinator there = new TestCoordinator("there", cluster);
            await().untilAsserted(() -> assertThat(streamsOf(here)).isEqualTo(TestCoordinator.MAX_PEER_STREAMS));

            there.close();
            await().untilAsserted(() -> assertThat(streamsOf(here)).isEqualTo(TestCoordinator.MAX_STREAMS));
        }
    }

    private static int streamsOf(TestCoordinator coordinator) {
        try (RawHttp2 raw = new RawHttp2(coordinator.port(), 65_535)) {
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(200);
            return raw.streamsAllowed();
        }
    }
}

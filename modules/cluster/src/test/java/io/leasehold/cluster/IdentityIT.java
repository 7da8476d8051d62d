package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.coordinator.port.LogIdentity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityIT extends ZooKeeperCase {
    private static final LogIdentity MADE_WITH = new LogIdentity("cluster-a", "journal-a", "inbox-a", 4);

    @Test
    void secondCoordinatorOfTheSameIdIsRefusedAndGivenNothing() {
        Coordinator c1 = join(options("c1"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));

        Coordinator double1 = start(at("http://127.0.0.1/elsewhere"));

        assertThatThrownBy(() -> double1.membership().awaitRegistered(Duration.ofMillis(2L * SESSION_MS)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("coordinator.id: c1 (expected: an id that no other live coordinator has;")
                .hasMessageContaining("http://127.0.0.1/c1");
        assertThat(loads(double1.map())).isEmpty();
        assertThat(loads(c1.map())).isEqualTo(Map.of("c1", 4));
        assertThat(c1.map().member("c1").url()).isEqualTo("http://127.0.0.1/c1");
    }

    @Test
    void refusedCoordinatorRegistersOnceTheOtherIsGone() {
        Coordinator c1 = join(options("c1"));
        Coordinator double1 = start(at("http://127.0.0.1/elsewhere"));
        eventually().until(() -> ids(double1.map()).contains("c1"));

        c1.membership().close();

        double1.membership().awaitRegistered(Duration.ofSeconds(20));
        eventually().until(() -> loads(double1.map()).equals(Map.of("c1", 4)));
    }

    @Test
    void restartAtTheSameAddressDoesNotWaitForTheOldSession() throws Exception {
        Cable cable = cable();
        Coordinator before = join(through(cable, options("c1").withSessionTimeoutMs(4_000)));
        eventually().until(() -> loads(before.map()).equals(Map.of("c1", 4)));
        cable.cut();
        eventually().until(() -> !before.map().connected());

        long startNanos = System.nanoTime();
        Coordinator after = join(options("c1").withSessionTimeoutMs(4_000));
        eventually().until(() -> loads(after.map()).equals(Map.of("c1", 4)));
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(2));

        // Should the older one live after all, it does not take the name back, and is given nothing.
        cable.mend();
        eventually().until(() -> before.map().connected());
        assertThat(loads(before.map())).isEmpty();
        eventually().until(() -> loads(after.map()).equals(Map.of("c1", 4)));
        assertThat(after.map().member("c1")).isEqualTo(before.map().member("c1"));
    }

    @Test
    void firstToAgreePinsAndTheSameAgainAgrees() {
        ClusterPin pin = start(options("c1")).membership().pin();
        assertThat(pin.read()).isEmpty();

        pin.agree(MADE_WITH);
        pin.agree(MADE_WITH);

        assertThat(start(options("c2")).membership().pin().read()).contains(Pin.of(MADE_WITH));
    }

    @Test
    void eachDifferenceToThePinIsNamed() {
        ClusterPin pin = start(options("c1")).membership().pin();
        pin.agree(MADE_WITH);

        assertThatThrownBy(() -> pin.agree(new LogIdentity("cluster-a", "journal-b", "inbox-b", 8)))
                .isInstanceOf(ClusterException.class)
                .hasMessage("shards: 8 (expected: 4, pinned in ZooKeeper at /leasehold/pin); "
                        + "journalTopicId: journal-b (expected: journal-a, pinned in ZooKeeper at /leasehold/pin); "
                        + "inboxTopicId: inbox-b (expected: inbox-a, pinned in ZooKeeper at /leasehold/pin)");
        assertThat(pin.read()).contains(Pin.of(MADE_WITH));
    }

    @Test
    void growthIsPinnedBesideWhatWasBefore() {
        ClusterPin pin = start(options("c1")).membership().pin();
        pin.agree(MADE_WITH);

        pin.grow(8);
        pin.grow(8);
        pin.grow(16);

        Pin grown = pin.read().orElseThrow();
        assertThat(grown.shards()).isEqualTo(16);
        assertThat(grown.counts()).containsExactly(4, 8, 16);
        assertThat(pin.agree(MADE_WITH)).isEqualTo(grown);
        assertThatThrownBy(() -> grown.checkConfigured(6))
                .hasMessageContaining(
                        "shards: 6 (expected: 16, as pinned in ZooKeeper, or an earlier number of [4, 8, 16]");
        for (int other : new int[] {8, 24}) {
            assertThatThrownBy(() -> pin.grow(other))
                    .hasMessageStartingWith(
                            "shards: " + other + " (expected: a multiple of the 16 that there are, up to 1024: 32, 48");
        }
        assertThat(pin.read()).contains(grown);
    }

    @Test
    void pinOfAReleaseThatKnewNoGrowthIsRead() throws Exception {
        String old =
                "{\"clusterId\":\"cluster-a\",\"journalTopicId\":\"journal-a\",\"inboxTopicId\":\"inbox-a\",\"shards\":4}";
        admin.create().creatingParentsIfNeeded().forPath("/leasehold/pin", old.getBytes());

        assertThat(start(options("c1")).membership().pin().read()).contains(Pin.of(MADE_WITH));
    }

    @Test
    void unreadablePinIsNotTakenForNone() throws Exception {
        admin.create().creatingParentsIfNeeded().forPath("/leasehold/pin", "?".getBytes());
        ClusterPin pin = start(options("c1")).membership().pin();

        assertThatThrownBy(pin::read)
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("zookeeper node /leasehold/pin: not readable");
    }

    private ClusterOptions at(String url) {
        return ClusterOptions.of(server.getConnectString(), "c1", url, SHARDS).withSessionTimeoutMs(SESSION_MS);
    }
}

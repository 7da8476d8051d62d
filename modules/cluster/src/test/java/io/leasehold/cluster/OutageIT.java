package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.ClusterMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.curator.test.InstanceSpec;
import org.junit.jupiter.api.Test;

class OutageIT extends ZooKeeperCase {
    /** Leaves time to come back in on a busy machine; the server grants no more. */
    private static final int LONG_SESSION_MS = 4_000;

    @Test
    void killedCoordinatorIsRemovedWhileItsOwnMapKeepsEverybody() throws Exception {
        Cable cable = cable();
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(through(cable, options("c2")));
        eventually()
                .until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2))
                        && c2.map().equals(c1.map()));
        int heard = c2.told().size();

        cable.cut();

        eventually().until(() -> !c2.map().connected());
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        assertThat(ids(c1.map())).containsExactly("c1");
        assertThat(c2.map().connected()).isFalse();
        assertThat(c2.toldSince(heard)).allSatisfy(map -> {
            assertThat(ids(map)).containsExactly("c1", "c2");
            assertThat(loads(map)).isEqualTo(Map.of("c1", 2, "c2", 2));
        });
    }

    @Test
    void zombieComesBackAndItsLowerEpochStaysBelow() throws Exception {
        Cable cable = cable();
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(through(cable, options("c2")));
        c2.membership().owns(0, 4);
        c2.membership().owns(1, 4);
        c2.membership().owns(2, 4);
        eventually().until(() -> c1.place(2).epoch() == 4);
        cable.cut();
        eventually().until(() -> ids(c1.map()).equals(List.of("c1")));
        c1.membership().owns(0, 5);
        c1.membership().owns(1, 5);
        eventually()
                .until(() -> c1.lastTold().shards().get(0).epoch() == 5
                        && c1.lastTold().shards().get(1).epoch() == 5);
        int heard = c1.told().size() - 1;
        c2.membership().released(1, 4);
        c2.membership().owns(3, 1);

        cable.mend();

        eventually()
                .until(() ->
                        ids(c1.map()).equals(List.of("c1", "c2")) && c1.place(3).epoch() == 1);
        eventually().until(() -> c2.map().equals(c1.map()));
        assertThat(c1.toldSince(heard)).allSatisfy(map -> {
            assertThat(map.shards().get(0).owner()).isEqualTo("c1");
            assertThat(map.shards().get(0).epoch()).isEqualTo(5);
            assertThat(map.shards().get(1).owner()).isEqualTo("c1");
            assertThat(map.shards().get(1).epoch()).isEqualTo(5);
        });
        assertThat(c1.place(2).owner()).isEqualTo("c2");
    }

    @Test
    void shortOutageOfZooKeeperChangesNothingButTheConnection() throws Exception {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        c1.membership().owns(0, 1);
        eventually()
                .until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2))
                        && c1.place(0).epoch() == 1);
        eventually().until(() -> c2.map().equals(c1.map()));
        ClusterMap before = c1.map();
        int heard = c1.told().size();

        server.stop();
        eventually().until(() -> !c1.map().connected() && !c2.map().connected());
        c1.membership().released(0, 1);
        c1.membership().owns(0, 2);
        server.restart();

        eventually()
                .until(() -> c1.map().connected()
                        && c2.map().connected()
                        && c2.place(0).epoch() == 2);
        assertThat(c1.toldSince(heard)).allSatisfy(map -> {
            assertThat(map.members()).isEqualTo(before.members());
            assertThat(loads(map)).isEqualTo(loads(before));
        });
    }

    @Test
    void outageLongerThanTheSessionBringsEverythingBackUnderANewSession() throws Exception {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        eventually()
                .until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2))
                        && c2.map().equals(c1.map()));
        c1.membership().owns(0, 1);
        List<ClusterMap.Place> before = c1.map().shards();
        long session = session("c1");
        int heard = c1.told().size();

        server.stop();
        eventually().until(() -> !c1.map().connected());
        // Beyond this the client itself gives the session up, though the stopped server cannot end it.
        long lostNanos = System.nanoTime() + Duration.ofMillis(2L * SESSION_MS).toNanos();
        eventually().until(() -> System.nanoTime() > lostNanos);
        server.restart();

        eventually().until(() -> c1.map().connected() && c2.map().connected());
        eventually().until(() -> session("c1") != session);
        eventually().until(() -> c2.place(0).epoch() == 1);
        assertThat(c1.toldSince(heard)).allSatisfy(map -> assertThat(ids(map)).containsExactly("c1", "c2"));
        assertThat(c1.map().shards())
                .extracting(ClusterMap.Place::assigned)
                .isEqualTo(before.stream().map(ClusterMap.Place::assigned).toList());
    }

    @Test
    void whoIsBackFirstAfterAllSessionsWereLostWaitsForTheRest() throws Exception {
        Cable first = cable();
        Cable second = cable();
        Coordinator c1 = join(through(first, options("c1").withSessionTimeoutMs(LONG_SESSION_MS)));
        Coordinator c2 = join(through(second, options("c2").withSessionTimeoutMs(LONG_SESSION_MS)));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));
        int version = assignmentVersion();
        loseAllSessions(first, second);

        first.mend();
        eventually().until(() -> session("c1") != 0 && isAssigner("c1"));
        // Long enough for an assignment that does not wait, and well within a session's time.
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> assignmentVersion() == version);
        second.mend();

        eventually().until(() -> c1.map().connected() && ids(c1.map()).equals(List.of("c1", "c2")));
        assertThat(assignmentVersion()).isEqualTo(version);
        assertThat(loads(c1.map())).isEqualTo(Map.of("c1", 2, "c2", 2));
    }

    @Test
    void shardsOfWhoDoesNotComeBackAreAssignedAnewAfterASessionsTime() throws Exception {
        Cable first = cable();
        Cable second = cable();
        Coordinator c1 = join(through(first, options("c1")));
        Coordinator c2 = join(through(second, options("c2")));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));
        loseAllSessions(first, second);

        first.mend();

        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        assertThat(c2.map().connected()).isFalse();
    }

    private void loseAllSessions(Cable... cables) {
        for (Cable cable : cables) {
            cable.cut();
        }
        eventually()
                .until(() -> admin.getChildren()
                                .forPath("/leasehold/coordinators")
                                .isEmpty()
                        && admin.getChildren().forPath("/leasehold/assigner").isEmpty());
        // The client gives its session up by its own clock, which is not the server's.
        await().during(Duration.ofMillis(SESSION_MS))
                .atMost(Duration.ofSeconds(10))
                .until(() -> true);
    }

    private int assignmentVersion() throws Exception {
        return admin.checkExists().forPath("/leasehold/assignment").getVersion();
    }

    private boolean isAssigner(String id) throws Exception {
        List<String> latches = admin.getChildren().forPath("/leasehold/assigner");
        return latches.size() == 1
                && id.equals(new String(admin.getData().forPath("/leasehold/assigner/" + latches.get(0))));
    }

    @Test
    void coordinatorWaitsForAZooKeeperThatIsNotThereYet() throws Exception {
        server.stop();
        Coordinator c1 = start(options("c1"));
        c1.membership().owns(0, 3);
        assertThatThrownBy(() -> c1.membership().awaitConnected(Duration.ofMillis(300)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("zookeeper.connect: " + server.getConnectString())
                .hasMessageContaining("expected: a reachable ZooKeeper");
        assertThat(c1.map()).isEqualTo(ClusterMap.EMPTY);

        server.restart();

        c1.membership().awaitConnected(Duration.ofSeconds(20));
        eventually()
                .until(() ->
                        loads(c1.map()).equals(Map.of("c1", 4)) && c1.place(0).epoch() == 3);
    }

    @Test
    void closingWithoutZooKeeperDoesNotHang() throws Exception {
        Coordinator never = start(
                ClusterOptions.of("127.0.0.1:" + InstanceSpec.getRandomPort(), "c9", "http://127.0.0.1/c9", SHARDS));
        Coordinator c1 = join(options("c1"));
        server.stop();
        eventually().until(() -> !c1.map().connected());

        long startNanos = System.nanoTime();
        c1.membership().close();
        never.membership().close();

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(8));
    }

    private long session(String id) throws Exception {
        var stat = admin.checkExists().forPath("/leasehold/coordinators/" + id);
        return stat == null ? 0 : stat.getEphemeralOwner();
    }
}

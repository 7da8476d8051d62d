package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembershipIT extends ZooKeeperCase {

    @Test
    void joiningCoordinatorTakesItsShareAndNoMore() {
        Coordinator c1 = join(options("c1"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));

        Coordinator c2 = join(options("c2"));
        eventually().until(() -> loads(c2.map()).equals(Map.of("c1", 2, "c2", 2)));
        List<Place> before = c2.map().shards();
        Coordinator c3 = join(options("c3"));

        eventually()
                .until(() -> loads(c3.map()).equals(Map.of("c1", 2, "c2", 1, "c3", 1))
                        || loads(c3.map()).equals(Map.of("c1", 1, "c2", 2, "c3", 1)));
        List<Place> after = c3.map().shards();
        assertThat(after)
                .filteredOn(place -> !before.get(place.shard()).assigned().equals(place.assigned()))
                .hasSize(1);
        eventually().until(() -> c1.map().equals(c3.map()) && c2.map().equals(c3.map()));
    }

    @Test
    void leavingCoordinatorHandsOverShardByShard() {
        Coordinator c1 = join(options("c1"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        for (int shard = 0; shard < SHARDS; shard++) {
            c1.membership().owns(shard, 1);
        }
        eventually().until(() -> c1.map().ownerOf(3) != null);
        Coordinator c2 = join(options("c2"));

        c1.membership().leave();

        eventually().until(() -> loads(c2.map()).equals(Map.of("c2", 4)));
        assertThat(c2.map().member("c1").leaving()).isTrue();
        assertThat(c2.map().ownerOf(0).id()).isEqualTo("c1");
        c2.membership().caughtUp(0);
        eventually().until(() -> "c2".equals(c1.place(0).caughtUp()));
        c1.membership().released(0, 1);
        eventually().until(() -> c2.place(0).owner() == null && c2.place(0).epoch() == 1);
        c2.membership().owns(0, 2);
        eventually()
                .until(() -> c1.place(0).equals(new Place(0, "c2", null, "c2", "http://127.0.0.1/c2", 2, null, null)));
    }

    @Test
    void closedCoordinatorIsGoneLongBeforeItsSessionWouldEnd() {
        Coordinator c1 = join(options("c1").withSessionTimeoutMs(4_000));
        Coordinator c2 = join(options("c2").withSessionTimeoutMs(4_000));
        eventually().until(() -> loads(c2.map()).equals(Map.of("c1", 2, "c2", 2)));

        c1.membership().close();

        eventually().atMost(Duration.ofSeconds(2)).until(() -> loads(c2.map()).equals(Map.of("c2", 4)));
        assertThat(ids(c2.map())).containsExactly("c2");
    }

    @Test
    void lastWordsBeforeClosingAreWritten() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        c1.membership().owns(2, 7);
        eventually().until(() -> c2.place(2).epoch() == 7);

        c1.membership().released(2, 7);
        c1.membership().close();

        eventually().until(() -> c2.place(2).owner() == null && c2.place(2).epoch() == 7);
    }

    @Test
    void ofTwoClaimsOfOneEpochTheFirstPublishedStands() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        c1.membership().owns(0, 5);
        eventually().until(() -> c2.place(0).epoch() == 5);

        c2.membership().owns(0, 5);
        c2.membership().released(2, 1);
        c2.membership().released(0, 5);
        c2.membership().owns(1, 1);

        eventually().until(() -> c1.place(1).epoch() == 1);
        assertThat(c1.place(0).owner()).isEqualTo("c1");
        assertThat(c1.place(2).owner()).isNull();
    }

    @Test
    void standbyOfEachShardIsAnotherCoordinatorAndGetsItWhenItsOwnerLeaves() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        Coordinator c3 = join(options("c3"));
        eventually()
                .until(() -> c1.map().shards().stream().allMatch(place -> place.standby() != null)
                        && loads(c1.map()).size() == 3
                        && c1.map().equals(c3.map()));
        List<Place> before = c1.map().shards();
        assertThat(before)
                .allSatisfy(place -> assertThat(place.standby()).isNotNull().isNotEqualTo(place.assigned()));

        c2.membership().close();

        eventually().until(() -> loads(c1.map()).size() == 2);
        assertThat(c1.map().shards()).allSatisfy(place -> {
            Place was = before.get(place.shard());
            assertThat(place.assigned()).isEqualTo(was.assigned().equals("c2") ? was.standby() : was.assigned());
            assertThat(place.standby()).isIn("c1", "c3").isNotEqualTo(place.assigned());
        });
    }

    @Test
    void witnessIsSharedAndNeverSaysLessThanBefore() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        Witness early = new Witness("journal", "inbox", 3, 0, 50);
        Witness late = new Witness("journal", "inbox", 3, 10, 80);

        c1.membership().witness(1, late);
        eventually().until(() -> late.equals(c2.place(1).witness()));
        c2.membership().witness(1, early);
        c2.membership().witness(2, early);

        eventually().until(() -> early.equals(c1.place(2).witness()));
        assertThat(c1.place(1).witness()).isEqualTo(late);
        assertThat(c1.place(0).witness()).isNull();
    }

    @Test
    void lastWitnessBeforeClosingIsWritten() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        Witness last = new Witness("journal", "inbox", 4, 0, 90);

        c1.membership().witness(3, last);
        c1.membership().close();

        eventually().until(() -> last.equals(c2.place(3).witness()));
    }

    @Test
    void shardThatDoesNotExistIsRefused() {
        CuratorMembership c1 = start(options("c1")).membership();

        assertThatThrownBy(() -> c1.owns(4, 1)).hasMessage("shard: 4 (expected: 0 to 3)");
        assertThatThrownBy(() -> c1.caughtUp(-1)).hasMessage("shard: -1 (expected: 0 to 3)");
    }

    @Test
    void markOfTheOneWhoWaitsFallsWhenTheShardGoesToAnother() {
        Coordinator c1 = join(options("c1"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        c1.membership().caughtUp(0);
        c1.membership().caughtUp(1);
        c1.membership().caughtUp(2);
        c1.membership().caughtUp(3);
        eventually().until(() -> c1.map().shards().stream().allMatch(place -> "c1".equals(place.caughtUp())));

        Coordinator c2 = join(options("c2"));

        eventually().untilAsserted(() -> {
            assertThat(loads(c2.map())).isEqualTo(Map.of("c1", 2, "c2", 2));
            assertThat(c2.map().shards())
                    .allSatisfy(place ->
                            assertThat(place.caughtUp()).isEqualTo("c1".equals(place.assigned()) ? "c1" : null));
        });
    }

    @Test
    void anotherCoordinatorTakesTheAssigningOver() throws Exception {
        Cable cable = cable();
        Coordinator c1 = join(through(cable, options("c1")));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        Coordinator c2 = join(options("c2"));
        eventually().until(() -> loads(c2.map()).equals(Map.of("c1", 2, "c2", 2)));

        cable.cut();

        eventually().until(() -> loads(c2.map()).equals(Map.of("c2", 4)));
        Coordinator c3 = join(options("c3"));
        eventually().until(() -> loads(c3.map()).equals(Map.of("c2", 2, "c3", 2)));
    }

    @Test
    void clustersUnderDifferentRootsDoNotSeeEachOther() {
        Coordinator c1 = join(options("c1").withRoot("/blue"));
        Coordinator other = join(options("c1").withRoot("/green/deep"));
        Coordinator c2 = join(options("c2").withRoot("/blue"));
        other.membership().owns(0, 9);
        c1.membership().owns(0, 3);

        eventually()
                .until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2))
                        && c1.place(0).epoch() == 3);
        eventually()
                .until(() -> loads(other.map()).equals(Map.of("c1", 4))
                        && other.place(0).epoch() == 9);
        assertThat(ids(c2.map())).containsExactly("c1", "c2");
        assertThat(c2.map().member("c1").startedMs())
                .isEqualTo(c1.map().members().get(0).startedMs());
    }

    @Test
    void wipedStoreIsWrittenAgain() throws Exception {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        eventually().until(() -> loads(c2.map()).equals(Map.of("c1", 2, "c2", 2)));
        c1.membership().owns(1, 5);
        eventually().until(() -> c2.place(1).epoch() == 5);

        for (String part : List.of("coordinators", "owners", "assignment")) {
            admin.delete().deletingChildrenIfNeeded().forPath("/leasehold/" + part);
        }

        eventually().untilAsserted(() -> {
            assertThat(ids(c2.map())).containsExactly("c1", "c2");
            assertThat(loads(c2.map())).isEqualTo(Map.of("c1", 2, "c2", 2));
            assertThat(c2.place(1).owner()).isEqualTo("c1");
            assertThat(c2.place(1).epoch()).isEqualTo(5);
        });
    }

    @Test
    void unreadableNodesArePassedOverAndTheAssignmentIsMended() throws Exception {
        Coordinator c1 = join(options("c1"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));

        admin.create().forPath("/leasehold/coordinators/evil", "{".getBytes());
        admin.create().forPath("/leasehold/coordinators/liar", "{\"id\":\"c1\",\"url\":\"http://x\"}".getBytes());
        admin.setData().forPath("/leasehold/assignment", new byte[0]);

        eventually()
                .until(() -> admin.getData().forPath("/leasehold/assignment").length > 0
                        && loads(c1.map()).equals(Map.of("c1", 4)));
        assertThat(ids(c1.map())).containsExactly("c1");
    }

    @Test
    void listenerIsToldFromOneThreadAndNeverTheSameMapTwice() {
        Coordinator c1 = join(options("c1"));
        join(options("c2"));
        for (int epoch = 1; epoch <= 50; epoch++) {
            for (int shard = 0; shard < SHARDS; shard++) {
                c1.membership().owns(shard, epoch);
            }
        }
        eventually().until(() -> c1.map().shards().stream().allMatch(place -> place.epoch() == 50));

        assertThat(c1.threads()).hasSize(1);
        List<ClusterMap> told = List.copyOf(c1.told());
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i)).isNotEqualTo(told.get(i - 1));
        }
    }
}

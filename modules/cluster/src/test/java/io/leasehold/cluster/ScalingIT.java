package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.LogIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalingIT extends ZooKeeperCase {
    private static final LogIdentity LOG = new LogIdentity("cluster", "journal", "inbox", SHARDS);

    @Test
    void drainedCoordinatorGetsNoShardAndNoStandbyUntilThatIsTakenBackThoughItStartsAnew() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        Coordinator c3 = join(options("c3"));
        eventually().until(() -> loads(c1.map()).size() == 3);

        c2.membership().directives().change(asked -> asked.drain("c3"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));
        eventually().until(() -> c1.map().shards().stream().noneMatch(place -> "c3".equals(place.standby())));

        c3.membership().close();
        eventually().until(() -> c1.map().member("c3") == null);
        Coordinator again = join(options("c3"));
        assertThat(again.map().directives().isDrained("c3")).isTrue();
        assertThat(loads(again.map())).isEqualTo(Map.of("c1", 2, "c2", 2));

        c1.membership().directives().change(asked -> asked.undrain("c3"));
        eventually().until(() -> loads(c1.map()).getOrDefault("c3", 0) == 1);
    }

    @Test
    void drainedCoordinatorThatIsAloneKeepsTheShards() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        c1.membership().directives().change(asked -> asked.drain("c1"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c2", 4)));

        c2.membership().close();

        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
    }

    @Test
    void placedShardIsWhereItWasPlacedWheneverThatCoordinatorIsThere() {
        Coordinator c1 = join(options("c1"));
        Coordinator c2 = join(options("c2"));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));

        for (int shard = 0; shard < 3; shard++) {
            int placed = shard;
            c1.membership().directives().change(asked -> asked.place(placed, "c2"));
        }
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 1, "c2", 3)));
        assertThat(c1.map().shards().get(3).assigned()).isEqualTo("c1");

        c2.membership().close();
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        Coordinator again = join(options("c2"));
        eventually().until(() -> loads(again.map()).equals(Map.of("c1", 1, "c2", 3)));

        c1.membership().directives().change(asked -> asked.unplace(List.of(0, 1, 2)));
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));
    }

    @Test
    void everyCoordinatorLearnsOfAGrowthAndTheNewShardsAreAssigned() {
        Coordinator c1 = agreed("c1");
        Coordinator c2 = agreed("c2");
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 2, "c2", 2)));
        List<Place> before = c1.map().shards();

        c1.membership().pin().grow(8);

        eventually().until(() -> loads(c2.map()).equals(Map.of("c1", 4, "c2", 4)));
        eventually().until(() -> c1.map().equals(c2.map()));
        assertThat(c1.map().counts()).containsExactly(4, 8);
        assertThat(IntStream.range(0, 4).mapToObj(shard -> c1.place(shard).assigned()))
                .isEqualTo(before.stream().map(Place::assigned).toList());
        c2.membership().owns(7, 1);
        eventually().until(() -> c1.place(7).epoch() == 1);
    }

    @Test
    void whatWasPinnedComesBackIfTheStoreForgetsIt() throws Exception {
        Coordinator c1 = agreed("c1");
        c1.membership().pin().grow(8);
        eventually().until(() -> c1.map().shards().size() == 8);

        admin.delete().forPath("/leasehold/pin");

        eventually().until(() -> c1.membership().pin().read().isPresent());
        assertThat(c1.membership().pin().read().orElseThrow().counts()).containsExactly(4, 8);
        assertThat(c1.map().counts()).containsExactly(4, 8);
    }

    @Test
    void countThatTheTopicsHaveNoPartitionsForIsNotBelievedUntilTheyHave() {
        AtomicInteger partitions = new AtomicInteger(SHARDS);
        Coordinator c1 = upTo(partitions, "c1");
        eventually().until(() -> loads(c1.map()).equals(Map.of("c1", 4)));
        AtomicInteger before = new AtomicInteger(asked.get());

        c1.membership().pin().grow(1_024);
        eventually().until(() -> asked.get() > before.get());
        c1.membership().directives().change(wishes -> wishes.drain("c9"));
        eventually().until(() -> c1.map().directives().isDrained("c9"));

        assertThat(c1.map().shards()).hasSize(4);
        assertThat(c1.map().counts()).containsExactly(4);

        partitions.set(1_024);
        eventually().until(() -> c1.map().shards().size() == 1_024);
    }

    @Test
    void countThatWasPutBackLeavesNothingBehind() throws Exception {
        Coordinator c1 = upTo(new AtomicInteger(SHARDS), "c1");
        byte[] good = admin.getData().forPath("/leasehold/pin");
        c1.membership().pin().grow(1_024);
        eventually().until(() -> asked.get() > 0);

        admin.setData().forPath("/leasehold/pin", good);
        c1.membership().directives().change(wishes -> wishes.drain("c9"));
        eventually().until(() -> c1.map().directives().isDrained("c9"));

        assertThat(c1.map().counts()).containsExactly(4);
        assertThat(c1.membership().pin().read()).contains(Pin.of(LOG));
    }

    @Test
    void pinThatSaysLessThanOneKnowsIsCorrectedUpwards() throws Exception {
        Coordinator c1 = agreed("c1");
        byte[] old = admin.getData().forPath("/leasehold/pin");
        c1.membership().pin().grow(8);
        eventually().until(() -> c1.map().shards().size() == 8);

        admin.setData().forPath("/leasehold/pin", old);

        eventually()
                .until(() -> c1.membership().pin().read().orElseThrow().counts().equals(List.of(4, 8)));
    }

    @Test
    void countThatAJournalKnowsIsPinned() {
        Coordinator c1 = agreed("c1");

        c1.membership().counted(6);

        eventually().until(() -> c1.map().counts().equals(List.of(4, 6)));
    }

    private final AtomicInteger asked = new AtomicInteger();

    private Coordinator upTo(AtomicInteger partitions, String id) {
        Coordinator coordinator = open(options(id), membership -> {
            membership.agreed(membership.pin().agree(LOG));
            membership.believeUpTo(() -> {
                asked.incrementAndGet();
                return partitions.get();
            });
        });
        eventually().until(() -> !coordinator.map().shards().isEmpty());
        return coordinator;
    }

    private Coordinator agreed(String id) {
        Coordinator coordinator = open(
                options(id), membership -> membership.agreed(membership.pin().agree(LOG)));
        eventually().until(() -> !coordinator.map().shards().isEmpty());
        return coordinator;
    }
}

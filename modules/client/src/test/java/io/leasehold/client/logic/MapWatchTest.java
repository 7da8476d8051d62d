package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.ring.MapTag;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MapWatchTest {
    @Test
    void workerIsToldOfChangesAndAsksForNothingMeanwhile() {
        for (int coordinators = 1; coordinators <= 3; coordinators++) {
            ScriptedCluster cluster = cluster(coordinators);
            tell(cluster, tag(cluster));
            cluster.runFor(30_000);
            int before = asks(cluster);

            cluster.runFor(100_000);

            assertThat(asks(cluster)).as("of %d coordinators", coordinators).isEqualTo(before);
        }
    }

    @Test
    void workerThatHearsOfAnotherMapAsksForItAtOnce() {
        ScriptedCluster cluster = cluster(2);
        tell(cluster, tag(cluster));
        cluster.runFor(10_000);
        ScriptedNode joined = new ScriptedNode("http://new:1", cluster.shared);
        cluster.nodes.put(joined.url, joined);
        cluster.map.add(new Coordinator("c-new", joined.url));
        tell(cluster, tag(cluster));
        int before = asks(cluster);

        cluster.runFor(1_500);

        assertThat(asks(cluster)).isEqualTo(before + 1);
        assertThat(polls(cluster)).extracting(Action.SendPoll::url).contains(joined.url);
    }

    @Test
    void workerOfCoordinatorsThatDisagreeAsksNoMoreThanIfSomethingFailed() {
        ScriptedCluster cluster = cluster(2);
        cluster.node("http://c1:8470").tag = tag(cluster);
        cluster.node("http://c2:8470").tag = "another";
        cluster.runFor(10_000);
        int before = asks(cluster);

        cluster.runFor(10_000);

        assertThat(asks(cluster) - before).isLessThanOrEqualTo((int) (10_000 / Pace.DEFAULT.mapRetryMs()) + 1);
    }

    @Test
    void workerWhoseCoordinatorCannotTellAsksNowAndThen() {
        ScriptedCluster cluster = cluster(1);
        tell(cluster, tag(cluster));
        cluster.runFor(30_000);
        tell(cluster, null);
        cluster.runFor(30_000);
        int before = asks(cluster);

        cluster.runFor(20_000);

        assertThat(asks(cluster) - before).isBetween(3, 6);
    }

    @Test
    void pollNamesTheMapToThoseWhoSpokeOfIt() {
        ScriptedCluster cluster = cluster(1);
        tell(cluster, tag(cluster));

        cluster.runFor(60_000);

        assertThat(polls(cluster))
                .extracting(poll -> poll.body().map())
                .containsExactly(null, tag(cluster), tag(cluster));
    }

    private static ScriptedCluster cluster(int coordinators) {
        return new ScriptedCluster(coordinators).start(new WorkerSettings("w-1", List.of("q"), 1, null, true), 42);
    }

    private static void tell(ScriptedCluster cluster, String tag) {
        cluster.nodes.values().forEach(node -> node.tag = tag);
    }

    private static String tag(ScriptedCluster cluster) {
        return MapTag.of(cluster.map.stream().collect(Collectors.toMap(Coordinator::id, Coordinator::url)));
    }

    private static int asks(ScriptedCluster cluster) {
        return cluster.sent(Action.AskCluster.class).size();
    }

    private static List<Action.SendPoll> polls(ScriptedCluster cluster) {
        return cluster.sent(Action.SendPoll.class);
    }
}

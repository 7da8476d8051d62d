package io.leasehold.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Routes;
import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.chaos.cluster.Release;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.load.ShardProbes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.scale.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Moves the coordinators of a cluster in use from release to release, and tells what its users missed meanwhile. */
final class Upgrade {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    private static final List<Integer> SHARDS =
            IntStream.range(0, ChaosCluster.SHARDS).boxed().toList();

    private final LoadedCluster loaded;
    private final Consumer<String> news;
    private int count;

    private interface Step {
        void take() throws IOException;
    }

    Upgrade(LoadedCluster loaded, Consumer<String> news) {
        this.loaded = loaded;
        this.news = news;
    }

    ChaosCluster cluster() {
        return loaded.cluster();
    }

    /** Stops a coordinator, which hands its shards over, and starts it again as that release. */
    void roll(int coordinator, Release to) throws IOException {
        CoordinatorNode node = node(coordinator);
        step(node, "from release " + node.release().name() + " to " + to.name(), () -> {
            assertThat(node.stop())
                    .as(node.id() + " ended when it was asked to")
                    .isTrue();
            node.runs(to);
            node.start();
        });
    }

    /** Kills a coordinator, and starts it again as it was once others serve its shards. */
    void kill(int coordinator) throws IOException {
        CoordinatorNode node = node(coordinator);
        step(node, "of release " + node.release().name() + " killed, started again", () -> {
            long killedNs = System.nanoTime();
            node.kill();
            awaitServed(killedNs);
            node.start();
        });
    }

    /** What keeps the cluster from being served as it is meant to be, by all its coordinators; null if nothing does. */
    String missing() {
        ClusterView view = loaded.map().view();
        if (view == null) {
            return "no coordinator answers";
        }
        List<String> members =
                view.coordinators().stream().map(ClusterView.Coordinator::id).toList();
        List<String> absent = cluster().coordinators().stream()
                .map(CoordinatorNode::id)
                .filter(id -> !members.contains(id))
                .toList();
        return absent.isEmpty() ? Rest.missing(view) : absent + " are not on the map";
    }

    /** Waits until every shard goes by the newest fold version that all coordinators read, as its journal says too. */
    void awaitFoldVersion() {
        ClusterView members = loaded.map().view();
        int newest = members.coordinators().stream()
                .mapToInt(ClusterView.Coordinator::foldVersion)
                .min()
                .orElseThrow();
        await(
                "every shard goes by fold version " + newest,
                () -> loaded.map().view().shards().stream()
                        .allMatch(shard -> Objects.equals(shard.foldVersion(), newest)));
        news.accept("all shards go by fold version " + newest);
        assertThat(FoldVersions.newest(cluster().brokers().bootstrapServers()))
                .hasSize(ChaosCluster.SHARDS)
                .allSatisfy((shard, version) ->
                        assertThat(version).as("fold version of shard " + shard).isEqualTo(newest));
    }

    /** Takes the step, and waits until the cluster is at rest again and every shard has taken and given something since. */
    private void step(CoordinatorNode node, String what, Step step) throws IOException {
        int number = ++count;
        long beganNs = System.nanoTime();
        loaded.history().write(new Event.FaultBegan(number, what, node.id(), SHARDS, beganNs));
        step.take();
        // The map may still show the process that has ended.
        await(node.id() + " is ready", () -> isReady(node));
        await("the cluster is at rest", () -> missing() == null);
        long restNs = System.nanoTime();
        awaitServed(restNs);
        long endNs = System.nanoTime();
        loaded.history().write(new Event.FaultEnded(number, endNs, null));
        ShardProbes probes = loaded.probes();
        news.accept(String.format(
                "#%d %s %s: at rest after %d ms; by shard, longest without a grant %s ms, without an accepted submission"
                        + " %s ms; owners now %s",
                number,
                node.id(),
                what,
                (restNs - beganNs) / 1_000_000,
                byShard(shard -> probes.longestGapMs(shard, beganNs, endNs)),
                byShard(shard -> probes.longestRefusalMs(shard, beganNs, endNs)),
                owners()));
    }

    private void awaitServed(long sinceNs) {
        ShardProbes probes = loaded.probes();
        await(
                "every shard accepts and grants again",
                () -> SHARDS.stream()
                        .allMatch(shard ->
                                probes.hasGrantedSince(shard, sinceNs) && probes.hasAcceptedSince(shard, sinceNs)));
    }

    private void await(String what, Callable<Boolean> holds) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(holds);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + " Missing: " + missing(), e);
        }
    }

    private static boolean isReady(CoordinatorNode node) {
        try {
            return Coordinator.at(URI.create(node.directUrl()), ANSWER_TIMEOUT)
                            .getForAnswer(Routes.READY)
                            .statusCode()
                    == 200;
        } catch (Failure e) {
            return false;
        }
    }

    private List<String> owners() {
        ClusterView view = loaded.map().view();
        return view.shards().stream().map(ClusterView.ShardView::owner).toList();
    }

    private static String byShard(IntFunction<Long> figure) {
        return SHARDS.stream()
                .map(shard -> figure.apply(shard))
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private CoordinatorNode node(int coordinator) {
        return cluster().coordinators().get(coordinator);
    }
}

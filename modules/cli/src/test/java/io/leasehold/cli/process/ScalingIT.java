package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.cli.verify.Verification;
import io.leasehold.verify.Count;
import io.leasehold.verify.ShardVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster under load, over HTTP and over Kafka, gets one more coordinator and four more shards, one shard is moved, a
 * coordinator is drained, each is restarted, one is killed. Every task that was acknowledged ends once, ids from before the
 * growth are found, and the journals prove it.
 */
@Timeout(480)
class ScalingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "zookeeper.session.ms", "4000",
            "tick.ms", "500",
            "proof.max.age.ms", "2000",
            "topic.check.interval.ms", "500");

    private final List<CoordinatorChild> alive = new ArrayList<>();
    private Path directory;
    private LocalCluster cluster;

    @BeforeEach
    void start() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "process-tests"));
        directory = Files.createTempDirectory(parent, "scaling-").toAbsolutePath();
        cluster = new LocalCluster(directory, SETTINGS);
        cluster.start();
        join("c1");
        join("c2");
        awaitRest(4);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void nothingIsLostOrDoneTwiceWhileTheClusterIsScaledUnderLoad() throws Exception {
        try (SteadyLoad load = new SteadyLoad(cluster.bootstrapServers(), () -> List.copyOf(alive))) {
            load.start();
            load.awaitEnded(200);

            join("c3");
            awaitRest(4);
            List<String> early = load.acknowledged();
            assertThat(run("shards", "grow", "8")).contains("would grow from 4 to 8 shards");
            assertThat(refused("shards", "grow", "6")).contains("8, 12, 16").doesNotContain("would grow");
            assertThat(refused("shards", "grow", "6", "--execute")).contains("8, 12, 16");
            assertThat(view().shards()).hasSize(4);
            run("shards", "grow", "8", "--execute");
            awaitRest(8);
            assertThat(view().counts()).containsExactly(4, 8);
            await(view -> view.problems().isEmpty());
            found(early);
            load.awaitEnded(400);

            String target = other(view().shards().get(5).owner());
            assertThat(run("shards", "move", "5", "--to", target, "--execute", "-o", "json"))
                    .contains("\"shard\":5", "\"to\":\"" + target + "\"", "\"unownedMs\":");
            assertThat(view().shards().get(5).owner()).isEqualTo(target);

            run("coordinators", "drain", "c2", "--execute");
            assertThat(view().shards()).noneMatch(shard -> "c2".equals(shard.owner()) || "c2".equals(shard.standby()));
            run("coordinators", "undrain", "c2", "--execute");

            for (CoordinatorChild each : List.copyOf(alive)) {
                restart(each);
            }
            kill(alive.get(0));
            awaitRest(8);
            load.stopSubmitting();
            load.awaitAllEnded();

            assertThat(load.refusedForGood()).isEmpty();
            assertThat(load.endedTwice()).isEmpty();
            found(early);
        }
        proven();
    }

    private void found(List<String> ids) {
        assertThat(ids).hasSizeGreaterThan(100);
        for (int i = 0; i < ids.size(); i += Math.max(1, ids.size() / 60)) {
            Wire asked = Wire.to(alive.get(i % alive.size()));
            assertThat(asked.getPatiently(ids.get(i)).id()).isEqualTo(ids.get(i));
        }
    }

    private void proven() {
        List<ShardVerdict> verdicts =
                Verification.of(cluster.bootstrapServers()).run((shard, from, next, to) -> {});
        assertThat(verdicts)
                .hasSize(8)
                .allSatisfy(verdict -> assertThat(verdict.broken()).isEmpty())
                .allSatisfy(
                        verdict -> assertThat(verdict.count(Count.SUCCEEDED)).isPositive());
    }

    private void join(String id) throws IOException {
        CoordinatorChild child = cluster.launch(id, Map.of());
        child.awaitReady();
        alive.add(child);
    }

    private void restart(CoordinatorChild child) throws IOException {
        alive.remove(child);
        child.close();
        // It is configured with the number of shards that there were at first.
        CoordinatorChild again = cluster.launch(
                child.id(), Map.of("listen.port", Integer.toString(child.url().getPort()), "shards", "4"));
        again.awaitReady();
        alive.add(again);
        awaitRest(8);
    }

    private void kill(CoordinatorChild child) {
        alive.remove(child);
        child.jvm().kill();
    }

    private String other(String id) {
        return alive.stream()
                .map(CoordinatorChild::id)
                .filter(one -> !one.equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ClusterView view() {
        return Wire.to(alive.get(0)).cluster();
    }

    private void awaitRest(int shards) {
        await(view -> view.shards().size() == shards
                && view.coordinators().size() == alive.size()
                && view.shards().stream().allMatch(this::isAtRest));
    }

    private boolean isAtRest(ClusterView.ShardView shard) {
        return "active".equals(shard.status())
                && Objects.equals(shard.owner(), shard.assigned())
                && alive.stream().anyMatch(child -> child.id().equals(shard.owner()))
                && Boolean.TRUE.equals(shard.standbyReady());
    }

    private void await(Predicate<ClusterView> wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(this::view, view -> view != null && wanted.test(view));
    }

    private Cli.Ended end(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", alive.get(0).url().toString()));
        return Cli.run(directory, all.toArray(String[]::new));
    }

    private String refused(String... args) throws Exception {
        Cli.Ended ended = end(args);
        assertThat(ended.exitCode()).as(ended.out()).isPositive();
        return ended.out() + ended.err();
    }

    private String run(String... args) throws Exception {
        Cli.Ended ended = end(args);
        assertThat(ended.exitCode())
                .as("%s %s %s", List.of(args), ended.out(), ended.err())
                .isZero();
        System.out.println(String.join(" ", args) + "\n" + ended.out());
        return ended.out();
    }
}

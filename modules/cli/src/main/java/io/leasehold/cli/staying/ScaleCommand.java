package io.leasehold.cli.staying;

import io.leasehold.api.DrainRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Screen;
import io.leasehold.cli.scale.ClusterPictures;
import io.leasehold.cli.scale.MoveWatch;
import io.leasehold.cli.scale.Scaling;
import io.leasehold.cli.scale.ShardMove;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold local scale N}. */
@Command(
        name = "scale",
        description = {
            "Have so many coordinators in the cluster on this machine: more are started, those of the highest numbers are "
                    + "drained, one after the other, and stopped.",
        })
final class ScaleCommand implements Callable<Integer> {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private Scaling scaling;

    @Parameters(paramLabel = "N", description = "How many coordinators are to run.")
    private int wanted;

    /** What is printed as JSON. */
    record Scaled(boolean dryRun, List<String> from, List<String> to, List<ShardMove> moved) {}

    @Override
    public Integer call() throws IOException {
        if (wanted < 1 || wanted > 64) {
            throw new ParameterException(spec.commandLine(), "N: " + wanted + " (expected: 1 to 64)");
        }
        StayingCluster cluster = place.cluster();
        List<URI> urls = cluster.urls();
        List<String> before = ids(cluster);
        if (scaling.isDryRun()) {
            String text = "would go from " + before.size() + " coordinators " + before + " to " + wanted;
            scaling.plan(new Scaled(true, before, List.of(), List.of()), text);
            return 0;
        }
        Screen screen = scaling.screen();
        MoveWatch watch = new MoveWatch(new ClusterPictures(urls), screen);
        if (wanted > before.size()) {
            start(cluster, watch, screen);
        }
        for (int i = before.size() - 1; i >= wanted; i--) {
            remove(cluster, cluster.alive().get(i), watch, screen);
        }
        List<String> after = ids(cluster);
        scaling.done(
                new Scaled(false, before, after, watch.moves()),
                after.size() + " coordinators: " + after,
                watch.moves());
        return 0;
    }

    private void start(StayingCluster cluster, MoveWatch watch, Screen screen) throws IOException {
        Ports ports = Ports.read(cluster.directory());
        int shards = watch.view().shards().size();
        List<StayingCoordinator> started =
                cluster.startCoordinators(wanted, ports, Map.of("shards", Integer.toString(shards)));
        for (StayingCoordinator each : started) {
            screen.news(each.id() + " starts at " + each.url());
        }
        for (StayingCoordinator each : started) {
            watch.watchUntil(each::isReadyOrOver, StayingCluster.READY_PATIENCE);
            each.awaitReady(StayingCluster.READY_PATIENCE);
        }
        watch.await(
                view -> view.coordinators().size() >= wanted ? null : "the new coordinators are not seen yet",
                scaling.patience());
    }

    /** The mark is taken back at the end: started again, the coordinator is to have its share. */
    private void remove(StayingCluster cluster, StayingCoordinator last, MoveWatch watch, Screen screen)
            throws IOException {
        Coordinator other = Coordinator.at(cluster.urls().get(0), ANSWER_TIMEOUT);
        String id = last.id();
        screen.news(id + " is drained");
        other.post(Routes.DRAIN, Json.write(new DrainRequest(id, true)));
        watch.await(
                view -> view.shards().stream().anyMatch(shard -> id.equals(shard.owner()) || id.equals(shard.standby()))
                        ? id + " still has shards"
                        : null,
                scaling.patience());
        last.terminate();
        screen.news(id + (last.awaitEnd() ? " has stopped" : " did not stop, and was killed"));
        other.post(Routes.DRAIN, Json.write(new DrainRequest(id, false)));
    }

    private static List<String> ids(StayingCluster cluster) throws IOException {
        return cluster.alive().stream().map(StayingCoordinator::id).toList();
    }
}

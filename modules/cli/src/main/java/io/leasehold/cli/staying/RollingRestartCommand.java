package io.leasehold.cli.staying;

import io.leasehold.cli.output.Screen;
import io.leasehold.cli.scale.ClusterPictures;
import io.leasehold.cli.scale.MoveWatch;
import io.leasehold.cli.scale.Scaling;
import io.leasehold.cli.scale.ShardMove;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold local rolling-restart}. */
@Command(
        name = "rolling-restart",
        description = {
            "Restart the coordinators of the cluster on this machine, one after the other: each hands its shards over, starts "
                    + "again, and the next one's turn comes once all shards are served and all standbys are ready."
        })
final class RollingRestartCommand implements Callable<Integer> {
    @Mixin
    private Place place;

    @Mixin
    private Scaling scaling;

    /** What is printed as JSON. */
    record Restarted(boolean dryRun, List<String> coordinators, List<ShardMove> moved) {}

    @Override
    public Integer call() throws IOException {
        StayingCluster cluster = place.cluster();
        MoveWatch watch = new MoveWatch(new ClusterPictures(cluster.urls()), scaling.screen());
        List<StayingCoordinator> all = cluster.alive();
        List<String> ids = all.stream().map(StayingCoordinator::id).toList();
        if (scaling.isDryRun()) {
            String alone = all.size() == 1 ? "; it is alone, so nothing is served meanwhile" : "";
            scaling.plan(new Restarted(true, ids, List.of()), "would restart " + ids + " one after the other" + alone);
            return 0;
        }
        Screen screen = scaling.screen();
        watch.await(view -> null, scaling.patience());
        for (StayingCoordinator each : all) {
            restart(each, watch, screen);
        }
        scaling.done(
                new Restarted(false, ids, watch.moves()),
                "restarted " + ids + "; all shards are served, all standbys are ready",
                watch.moves());
        return 0;
    }

    private void restart(StayingCoordinator each, MoveWatch watch, Screen screen) throws IOException {
        each.terminate();
        watch.watchUntil(each::isOver, StayingCoordinator.STOP_PATIENCE);
        screen.news(each.id() + (each.awaitEnd() ? " has stopped" : " did not stop, and was killed"));
        each.start();
        watch.watchUntil(each::isReadyOrOver, StayingCluster.READY_PATIENCE);
        each.awaitReady(StayingCluster.READY_PATIENCE);
        screen.news(each.id() + " is back");
        watch.await(
                view -> view.coordinators().stream().anyMatch(one -> one.id().equals(each.id()))
                        ? null
                        : each.id() + " is not seen yet",
                scaling.patience());
    }
}

package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import io.leasehold.api.DrainRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leasehold coordinators drain ID}. */
@Command(
        name = "drain",
        description = {
            "Hand a coordinator's shards over, each once its next owner has read the whole journal. It owns none and stands by "
                    + "for none until coordinators undrain, also after a restart; it goes on taking requests for the others.",
            "Should all others die, it gets the shards back: somebody has to have them."
        })
final class DrainCommand implements Callable<Integer> {
    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Scaling scaling;

    @Parameters(paramLabel = "ID", description = "The coordinator's id.")
    private String id;

    /** What is printed as JSON. */
    record Drained(boolean dryRun, String coordinator, List<Integer> owned, List<ShardMove> moved) {}

    @Override
    public Integer call() {
        MoveWatch watch = new MoveWatch(new ClusterPictures(coordinator), scaling.screen());
        checkKnown("ID", id, watch.view());
        List<Integer> owned = owned(watch.view(), id);
        if (scaling.isDryRun()) {
            scaling.plan(new Drained(true, id, owned, List.of()), "would drain " + id + ", which owns shards " + owned);
            return 0;
        }
        drain(coordinator, watch, scaling, id);
        scaling.done(
                new Drained(false, id, owned, watch.moves()),
                id + " owns no shard and stands by for none, until: leasehold coordinators undrain " + id
                        + " --execute",
                watch.moves());
        return 0;
    }

    /** Also for a dry run: a plan with a name that nobody has is none. */
    static void checkKnown(String name, String id, ClusterView view) {
        List<String> ids =
                view.coordinators().stream().map(ClusterView.Coordinator::id).toList();
        if (!ids.contains(id)) {
            throw new Failure(name + ": " + id + " (expected: a coordinator that is there, one of " + ids + ")");
        }
    }

    /** Returns once it owns nothing. */
    static void drain(Coordinator coordinator, MoveWatch watch, Scaling scaling, String id) {
        coordinator.post(Routes.DRAIN, Json.write(new DrainRequest(id, true)));
        watch.await(view -> missing(view, id), scaling.patience());
    }

    static List<Integer> owned(ClusterView view, String id) {
        return view.shards().stream()
                .filter(shard -> id.equals(shard.owner()))
                .map(ClusterView.ShardView::shard)
                .toList();
    }

    private static String missing(ClusterView view, String id) {
        for (ClusterView.ShardView shard : view.shards()) {
            if (id.equals(shard.owner()) || id.equals(shard.assigned())) {
                return id + " has shard " + shard.shard();
            }
            if (id.equals(shard.standby())) {
                return id + " stands by for shard " + shard.shard();
            }
        }
        return null;
    }
}

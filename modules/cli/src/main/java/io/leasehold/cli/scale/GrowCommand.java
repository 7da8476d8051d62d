package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import io.leasehold.api.GrowRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.api.ShardCounts;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leasehold shards grow N}. */
@Command(
        name = "grow",
        description = {
            "Add shards while the cluster runs: partitions for all four topics, then the new number for all coordinators. "
                    + "Shards that are there stay where they are. It can be repeated, also after it was cut short.",
            "Tasks stay in the shard that took them and are found there. An id that is submitted again after the growth may "
                    + "be taken for new, once: whether it is known is asked of its new home alone."
        })
final class GrowCommand implements Callable<Integer> {
    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Scaling scaling;

    @Parameters(paramLabel = "N", description = "How many shards there are to be: a multiple of the present number.")
    private int shards;

    /** What is printed as JSON. */
    record Growth(boolean dryRun, int from, int to, List<Integer> counts, List<ShardMove> moved) {}

    @Override
    public Integer call() {
        MoveWatch watch = new MoveWatch(new ClusterPictures(coordinator), scaling.screen());
        int from = watch.view().shards().size();
        if (!ShardCounts.mayGrow(from, shards)) {
            throw new Failure("N: " + shards + " (expected: " + ShardCounts.expected(from) + ")");
        }
        if (scaling.isDryRun()) {
            scaling.plan(
                    new Growth(true, from, shards, watch.view().counts(), List.of()),
                    "would grow from " + from + " to " + shards + " shards");
            return 0;
        }
        coordinator.post(Routes.GROW, Json.write(new GrowRequest(shards)));
        watch.await(this::missing, scaling.patience());
        List<Integer> counts = watch.view().counts();
        scaling.done(
                new Growth(false, from, shards, counts, watch.moves()),
                shards + " shards; so many there were over time: " + counts,
                watch.moves());
        return 0;
    }

    private String missing(ClusterView view) {
        return view.shards().size() >= shards
                ? null
                : "there are " + view.shards().size() + " shards as yet";
    }
}

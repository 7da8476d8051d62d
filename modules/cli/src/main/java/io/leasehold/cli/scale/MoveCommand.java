package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.MoveRequest;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leasehold shards move S --to ID}. */
@Command(
        name = "move",
        description = {
            "Have a shard owned by one coordinator, whatever the loads, whenever that one is there and not drained; while it "
                    + "is not, the shard is assigned as any other. The rest is spread evenly around it.",
            "With --to any the wish is taken back."
        })
final class MoveCommand implements Callable<Integer> {
    private static final String ANY = "any";

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Scaling scaling;

    @Parameters(paramLabel = "SHARD", description = "Its number.")
    private int shard;

    @Option(names = "--to", paramLabel = "ID", required = true, description = "A coordinator's id, or any.")
    private String to;

    /** What is printed as JSON. */
    record Placement(boolean dryRun, int shard, String from, String to, List<ShardMove> moved) {}

    @Override
    public Integer call() {
        MoveWatch watch = new MoveWatch(new ClusterPictures(coordinator), scaling.screen());
        int shards = watch.view().shards().size();
        if (shard < 0 || shard >= shards) {
            throw new Failure("SHARD: " + shard + " (expected: 0 to " + (shards - 1) + ")");
        }
        String from = watch.view().shards().get(shard).owner();
        String target = ANY.equals(to) ? null : to;
        if (scaling.isDryRun()) {
            String text = target == null
                    ? "would let shard " + shard + " go wherever it is assigned"
                    : "would move shard " + shard + " from " + from + " to " + to;
            scaling.plan(new Placement(true, shard, from, target, List.of()), text);
            return 0;
        }
        coordinator.post(Routes.MOVE, Json.write(new MoveRequest(shard, target)));
        watch.await(view -> missing(view, target), scaling.patience());
        scaling.done(
                new Placement(false, shard, from, target, watch.moves()),
                "shard " + shard + " is owned by "
                        + watch.view().shards().get(shard).owner() + (target == null ? "" : ", and is to stay there"),
                watch.moves());
        return 0;
    }

    private String missing(ClusterView view, String target) {
        ClusterView.ShardView now = view.shards().get(shard);
        if (!Objects.equals(now.placed(), target)) {
            return "the coordinators have not heard of it yet";
        }
        return target == null || target.equals(now.owner()) ? null : "shard " + shard + " is owned by " + now.owner();
    }
}

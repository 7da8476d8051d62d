package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import io.leasehold.api.DrainRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leasehold coordinators undrain ID}. */
@Command(name = "undrain", description = "Let a drained coordinator have its share of the shards again.")
final class UndrainCommand implements Callable<Integer> {
    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Scaling scaling;

    @Parameters(paramLabel = "ID", description = "The coordinator's id.")
    private String id;

    @Override
    public Integer call() {
        MoveWatch watch = new MoveWatch(new ClusterPictures(coordinator), scaling.screen());
        List<Integer> owned = DrainCommand.owned(watch.view(), id);
        if (scaling.isDryRun()) {
            scaling.plan(
                    new DrainCommand.Drained(true, id, owned, List.of()), "would let " + id + " have shards again");
            return 0;
        }
        coordinator.post(Routes.DRAIN, Json.write(new DrainRequest(id, false)));
        watch.await(this::missing, scaling.patience());
        List<Integer> now = DrainCommand.owned(watch.view(), id);
        scaling.done(
                new DrainCommand.Drained(false, id, now, watch.moves()), id + " owns shards " + now, watch.moves());
        return 0;
    }

    private String missing(ClusterView view) {
        boolean drained = view.coordinators().stream()
                .anyMatch(each -> each.id().equals(id) && Boolean.TRUE.equals(each.drained()));
        return drained ? "the coordinators have not heard of it yet" : null;
    }
}

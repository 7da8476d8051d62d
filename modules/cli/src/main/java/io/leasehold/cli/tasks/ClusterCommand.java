package io.leasehold.cli.tasks;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold cluster}. */
@Command(
        name = "cluster",
        description = "Show the coordinators, and who owns which shard.",
        footer = {"%nExamples:", "  leasehold cluster", "  leasehold cluster --output json | jq '.shards[].owner'"})
public final class ClusterCommand implements Callable<Integer> {
    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        byte[] answer = coordinator.get(Routes.CLUSTER);
        if (output.isJson()) {
            output.body(answer);
            return 0;
        }
        ClusterView view = Json.readAnswer(answer, ClusterView.class);
        show(output, view);
        return 0;
    }

    static void show(Output output, ClusterView view) {
        output.line(coordinators(view).toString());
        output.line("");
        output.line(shards(view).toString());
        if (!view.connected()) {
            output.warn("This may be old: the coordinator that answered cannot reach ZooKeeper at present.");
        }
        if (view.problems() != null) {
            view.problems().forEach(output::warn);
        }
    }

    private static String state(ClusterView.Coordinator each) {
        return Boolean.TRUE.equals(each.leaving()) ? "leaving" : Boolean.TRUE.equals(each.drained()) ? "drained" : "up";
    }

    /** Of the journal's rules. */
    private static String version(Integer foldVersion) {
        return foldVersion == null ? null : "version " + foldVersion;
    }

    private static Table coordinators(ClusterView view) {
        Table table = new Table("COORDINATOR", "URL", "SHARDS", "STATE", "READS");
        for (ClusterView.Coordinator each : view.coordinators()) {
            long owned = view.shards().stream()
                    .filter(shard -> Objects.equals(shard.owner(), each.id()))
                    .count();
            table.row(each.id(), each.url(), owned, state(each), version(each.foldVersion()));
        }
        return table;
    }

    private static String standby(ClusterView.ShardView shard) {
        boolean loading =
                Boolean.FALSE.equals(shard.standbyReady()) && !shard.standby().equals(shard.owner());
        return loading ? shard.standby() + " (loading)" : shard.standby();
    }

    private static Table shards(ClusterView view) {
        Table table = new Table(
                "SHARD",
                "OWNER",
                "EPOCH",
                "STATUS",
                "STANDBY",
                "LIVE",
                "LEASED",
                "INBOX LAG",
                "FOLDED BY",
                "PLACED AT",
                "PROBLEM");
        for (ClusterView.ShardView each : view.shards()) {
            table.row(
                    each.shard(),
                    each.owner(),
                    each.epoch(),
                    each.status(),
                    standby(each),
                    each.live(),
                    each.leased(),
                    each.inboxLag(),
                    version(each.foldVersion()),
                    each.placed(),
                    each.problem());
        }
        return table;
    }
}

package io.leasehold.cli.tasks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.QueuesView;
import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leasehold status}. */
@Command(
        name = "status",
        description = {
            "Show on one screen: the coordinators, who owns each shard and who stands by for it, epochs and lag, and what "
                    + "lies in the queues.",
            "Exit code 1 if a shard is not served."
        },
        footer = {"%nExamples:", "  leasehold status", "  watch leasehold status"})
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    /** @param cluster the answer as it came */
    record Status(@JsonRawValue String cluster, QueuesView queues) {}

    @Override
    public Integer call() {
        byte[] cluster = coordinator.get(Routes.CLUSTER);
        QueuesView counts = coordinator.queues();
        ClusterView view = Json.readAnswer(cluster, ClusterView.class);
        if (output.isJson()) {
            output.json(new Status(new String(cluster, StandardCharsets.UTF_8), counts));
        } else {
            ClusterCommand.show(output, view);
            output.line("");
            output.line(QueuesCommand.all(counts).toString());
            Incomplete.warn(output, counts.incomplete());
        }
        return view.shards().stream().allMatch(shard -> "active".equals(shard.status())) ? 0 : 1;
    }
}

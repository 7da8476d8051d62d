package io.leasehold.cli.tasks;

import io.leasehold.api.Json;
import io.leasehold.api.PriorityBand;
import io.leasehold.api.QueuesView;
import io.leasehold.api.QueuesView.QueueView;
import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leasehold queues [Q]}. */
@Command(
        name = "queues",
        description = "Count the tasks of all queues by state, or of one queue by state and priority.",
        footer = {"%nExamples:", "  leasehold queues", "  leasehold queues images --output json"})
public final class QueuesCommand implements Callable<Integer> {
    private static final List<String> STATES =
            List.of("delayed", "ready", "leased", "completed", "dead", "expired", "cancelled");

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @Parameters(arity = "0..1", paramLabel = "QUEUE", description = "One queue, with its priorities.")
    private String queue;

    @Override
    public Integer call() {
        QueuesView view = queue == null
                ? coordinator.queues()
                : Json.readAnswer(coordinator.get(Routes.queue(queue)), QueuesView.class);
        if (output.isJson()) {
            output.json(view);
            return 0;
        }
        output.line((queue == null ? all(view) : one(view)).toString());
        Incomplete.warn(output, view.incomplete());
        return 0;
    }

    static Table all(QueuesView view) {
        Table table = headed("QUEUE");
        for (QueueView each : view.queues()) {
            row(table, each.queue(), each.states());
        }
        return table;
    }

    private static Table one(QueuesView view) {
        Table table = headed("PRIORITY");
        for (QueueView each : view.queues()) {
            for (PriorityBand band : PriorityBand.values()) {
                row(table, band.label(), each.bands().getOrDefault(band.label(), Map.of()));
            }
            row(table, "all", each.states());
        }
        return table;
    }

    private static Table headed(String first) {
        Object[] heads = new Object[STATES.size() + 1];
        heads[0] = first;
        for (int i = 0; i < STATES.size(); i++) {
            heads[i + 1] = STATES.get(i).toUpperCase(java.util.Locale.ROOT);
        }
        return new Table(List.of(heads).toArray(String[]::new));
    }

    private static void row(Table table, String name, Map<String, Long> states) {
        Object[] cells = new Object[STATES.size() + 1];
        cells[0] = name;
        for (int i = 0; i < STATES.size(); i++) {
            cells[i + 1] = states.getOrDefault(STATES.get(i), 0L);
        }
        table.row(cells);
    }
}

package io.leasehold.cli.tasks;

import io.leasehold.api.DeadView;
import io.leasehold.api.Json;
import io.leasehold.api.Limits;
import io.leasehold.api.Routes;
import io.leasehold.api.TaskView;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import io.leasehold.cli.output.Times;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold dead list|redrive|purge}. */
@Command(
        name = "dead",
        description = "List the tasks that were given up, give them a new life, or give them up for good.",
        subcommands = {RedriveCommand.class, PurgeCommand.class},
        footer = {
            "%nExamples:",
            "  leasehold dead list --queue images",
            "  leasehold dead redrive --queue images            # says what it would do",
            "  leasehold dead redrive --queue images --execute  # does it",
            "  leasehold dead purge --queue images              # says what would be lost"
        })
public final class DeadCommand implements Runnable {
    private static final int ERROR_SHOWN = 60;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the three: list, redrive or purge?");
    }

    @Command(name = "list", description = "List dead tasks with the cause of their end.")
    int list(
            @Mixin Coordinator coordinator,
            @Mixin Output output,
            @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue alone.") String queue,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--after", paramLabel = "PLACE", description = "Go on where the last list ended.")
                    String after) {
        if (limit < 1 || limit > Limits.MAX_DEAD_PER_PAGE) {
            throw new ParameterException(
                    spec.subcommands().get("list"),
                    "--limit: " + limit + " (expected: 1 to " + Limits.MAX_DEAD_PER_PAGE + ")");
        }
        byte[] answer = coordinator.get(path(queue, limit, after));
        if (output.isJson()) {
            output.body(answer);
            return 0;
        }
        DeadView view = Json.readAnswer(answer, DeadView.class);
        output.line(table(view.tasks()).toString());
        if (view.next() != null) {
            output.warn(view.tasks().size() + " of " + view.total() + "; go on with: --after " + view.next());
        }
        Incomplete.warn(output, view.incomplete());
        return 0;
    }

    static String path(String queue, int limit, String after) {
        return Routes.DEAD + "?limit=" + limit + parameter("queue", queue) + parameter("after", after);
    }

    static Table table(List<TaskView> tasks) {
        Table table = new Table("ID", "QUEUE", "TYPE", "CAUSE", "ATTEMPTS", "FAILURES", "EXPIRIES", "ENDED", "ERROR");
        for (TaskView task : tasks) {
            table.row(
                    task.id(),
                    task.queue(),
                    task.type(),
                    task.cause(),
                    task.attempt(),
                    task.failures(),
                    task.expiries(),
                    Times.at(task.endedMs()),
                    cut(task.error()));
        }
        return table;
    }

    private static String cut(String error) {
        return error == null || error.length() <= ERROR_SHOWN ? error : error.substring(0, ERROR_SHOWN) + "...";
    }

    private static String parameter(String name, String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

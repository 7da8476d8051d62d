package io.leasehold.cli.tasks;

import io.leasehold.api.CancelAnswer;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.api.TaskView;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import io.leasehold.cli.output.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold task get|cancel ID}. */
@Command(
        name = "task",
        description = "Show or cancel one task.",
        footer = {
            "%nExamples:",
            "  leasehold task get img-42",
            "  leasehold task get img-42 --output json",
            "  leasehold task cancel img-42"
        })
public final class TaskCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the two: get or cancel?");
    }

    @Command(name = "get", description = "Show a task: its state, its attempts, its result or error.")
    int get(
            @Mixin Coordinator coordinator,
            @Mixin Output output,
            @Parameters(paramLabel = "ID", description = "The task's id.") String id) {
        byte[] answer = coordinator.get(Routes.task(id));
        if (output.isJson()) {
            output.body(answer);
        } else {
            output.line(table(Json.readAnswer(answer, TaskView.class)).toString());
        }
        return 0;
    }

    @Command(
            name = "cancel",
            description = {
                "Cancel a task. It never starts again; a worker that runs it is told at its next heartbeat.",
                "A task that has ended stays as it is, which is an error (exit code 1)."
            })
    int cancel(
            @Mixin Coordinator coordinator,
            @Mixin Output output,
            @Parameters(paramLabel = "ID", description = "The task's id.") String id) {
        byte[] answer = coordinator.delete(Routes.task(id));
        if (output.isJson()) {
            output.body(answer);
        } else {
            CancelAnswer cancelled = Json.readAnswer(answer, CancelAnswer.class);
            output.line(cancelled.id() + " is " + cancelled.state());
        }
        return 0;
    }

    private static Table table(TaskView task) {
        Table table = new Table("FIELD", "VALUE")
                .row("id", task.id())
                .row("state", task.state())
                .row("queue", task.queue())
                .row("type", task.type())
                .row("priority", task.priority())
                .row("shard", task.shard())
                .row("submitted", Times.at(task.submittedMs()))
                .row("not before", Times.at(task.notBefore()))
                .row("deadline", Times.at(task.deadline()))
                .row("attempt", task.attempt())
                .row("failures", task.failures() + " of " + task.maxAttempts())
                .row("expiries", task.expiries());
        if (task.lease() != null) {
            table.row(
                    "held by", task.lease().worker() + ", fence " + task.lease().fence());
        }
        if (task.endedMs() != null) {
            table.row("ended", Times.at(task.endedMs()))
                    .row("cause", task.cause())
                    .row("purged", task.purged());
        }
        return table.row("payload", task.payload()).row("result", task.result()).row("error", task.error());
    }
}

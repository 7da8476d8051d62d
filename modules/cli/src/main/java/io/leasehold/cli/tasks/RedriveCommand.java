package io.leasehold.cli.tasks;

import io.leasehold.api.DeadView;
import io.leasehold.api.Json;
import io.leasehold.api.Limits;
import io.leasehold.api.RedriveAnswer;
import io.leasehold.api.RedriveRequest;
import io.leasehold.api.Routes;
import io.leasehold.api.TaskView;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.output.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold dead redrive}. */
@Command(
        name = "redrive",
        description = {
            "Give dead tasks a new life: same id and payload, attempts counted from zero.",
            "Without --execute nothing is changed: the command says how many tasks it would touch."
        })
final class RedriveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--limit", paramLabel = "N", description = "With --queue: at most so many.")
    private Integer limit;

    @Option(names = "--execute", description = "Do it.")
    private boolean execute;

    static final class Which {
        @Option(names = "--queue", paramLabel = "QUEUE", description = "All dead tasks of this queue.")
        private String queue;

        @Option(names = "--id", paramLabel = "ID", description = "This task; may be given several times.")
        private List<String> ids;
    }

    /** What a dry run prints. */
    record Plan(boolean dryRun, long wouldRedrive) {}

    @Override
    public Integer call() {
        if (limit != null && (limit < 1 || limit > Limits.MAX_REDRIVE)) {
            throw new ParameterException(
                    spec.commandLine(), "--limit: " + limit + " (expected: 1 to " + Limits.MAX_REDRIVE + ")");
        }
        if (!execute) {
            plan(new Plan(true, which.ids == null ? deadOfQueue() : deadAmong(which.ids)));
            return 0;
        }
        RedriveRequest request = new RedriveRequest(which.ids, which.queue, limit);
        byte[] answer = coordinator.post(Routes.REDRIVE, Json.write(request));
        RedriveAnswer done = Json.readAnswer(answer, RedriveAnswer.class);
        if (output.isJson()) {
            output.body(answer);
        } else {
            String rest = done.notDead() == 0 ? "" : ", " + done.notDead() + " not dead or not known";
            output.line(done.redriven() + " redriven" + rest);
            Incomplete.warn(output, done.incomplete());
        }
        return done.notDead() == 0 && done.incomplete().isEmpty() ? 0 : 1;
    }

    private long deadOfQueue() {
        byte[] answer = coordinator.get(DeadCommand.path(which.queue, 1, null));
        long total = Json.readAnswer(answer, DeadView.class).total();
        return limit == null ? total : Math.min(limit, total);
    }

    private long deadAmong(List<String> ids) {
        return ids.stream()
                .map(id -> Json.readAnswer(coordinator.get(Routes.task(id)), TaskView.class))
                .filter(task -> "dead".equals(task.state()) && task.purged() == null)
                .count();
    }

    private void plan(Plan plan) {
        if (output.isJson()) {
            output.json(plan);
        } else {
            output.line("would redrive " + plan.wouldRedrive() + " (dry run; add --execute to do it)");
        }
    }
}

package io.leasehold.cli.tasks;

import io.leasehold.api.DeadView;
import io.leasehold.api.Json;
import io.leasehold.api.Limits;
import io.leasehold.api.PurgeAnswer;
import io.leasehold.api.PurgeRequest;
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

/** {@code leasehold dead purge}. */
@Command(
        name = "purge",
        description = {
            "Give dead tasks up for good: their payload is lost, and they get no new life.",
            "Without --execute nothing is changed: the command shows what would be lost."
        })
final class PurgeCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Coordinator coordinator;

    @Mixin
    private Output output;

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Option(names = "--limit", paramLabel = "N", description = "With --queue: at most so many, oldest first.")
    private Integer limit;

    @Option(
            names = "--expected",
            paramLabel = "N",
            description =
                    "With --queue and --execute: how many there are, as shown without --execute. If there are more or"
                            + " fewer by then, nothing is done.")
    private Long expected;

    @Option(names = "--execute", description = "Do it.")
    private boolean execute;

    static final class Which {
        @Option(names = "--queue", paramLabel = "QUEUE", description = "All dead tasks of this queue.")
        private String queue;

        @Option(names = "--id", paramLabel = "ID", description = "This task; may be given several times.")
        private List<String> ids;
    }

    /**
     * What a dry run prints.
     *
     * @param dead how many there are, which is what to expect; with ids, how many of them are dead
     * @param tasks some of them, or all
     */
    record Plan(boolean dryRun, long wouldPurge, long dead, List<TaskView> tasks) {}

    @Override
    public Integer call() {
        check();
        if (!execute) {
            plan(which.ids == null ? ofQueue() : ofIds());
            return 0;
        }
        PurgeRequest request = new PurgeRequest(which.ids, which.queue, limit, expected);
        byte[] answer = coordinator.post(Routes.PURGE, Json.write(request));
        PurgeAnswer done = Json.readAnswer(answer, PurgeAnswer.class);
        if (output.isJson()) {
            output.body(answer);
        } else {
            String rest = done.notDead() == 0 ? "" : ", " + done.notDead() + " not dead or not known";
            output.line(done.purged() + " purged" + rest);
            Incomplete.warn(output, done.incomplete());
        }
        return done.notDead() == 0 && done.incomplete().isEmpty() ? 0 : 1;
    }

    private void check() {
        if (limit != null && (limit < 1 || limit > Limits.MAX_PURGE)) {
            throw wrong("--limit: " + limit + " (expected: 1 to " + Limits.MAX_PURGE + ")");
        }
        if (which.ids != null && (limit != null || expected != null)) {
            throw wrong((limit != null ? "--limit" : "--expected") + ": given with --id (expected: only with --queue)");
        }
        if (which.queue != null && execute && expected == null) {
            throw wrong("--expected: none (expected: how many there are, as shown without --execute)");
        }
        if (expected != null && expected < 0) {
            throw wrong("--expected: " + expected + " (expected: 0 or more)");
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private Plan ofQueue() {
        DeadView view = Json.readAnswer(coordinator.get(DeadCommand.path(which.queue, SHOWN, null)), DeadView.class);
        long most = limit == null ? Limits.MAX_PURGE : limit;
        Incomplete.warn(output, view.incomplete());
        return new Plan(true, Math.min(most, view.total()), view.total(), view.tasks());
    }

    private Plan ofIds() {
        List<TaskView> dead = which.ids.stream()
                .distinct()
                .map(id -> Json.readAnswer(coordinator.get(Routes.task(id)), TaskView.class))
                .filter(task -> "dead".equals(task.state()) && task.purged() == null)
                .toList();
        return new Plan(true, dead.size(), dead.size(), dead);
    }

    private void plan(Plan plan) {
        if (output.isJson()) {
            output.json(plan);
            return;
        }
        output.line(DeadCommand.table(plan.tasks()).toString());
        if (plan.dead() > plan.tasks().size()) {
            output.warn(plan.tasks().size() + " of " + plan.dead() + " are shown; see all with: dead list");
        }
        String how = which.ids == null ? "--execute --expected " + plan.dead() : "--execute";
        output.line("would purge " + plan.wouldPurge() + " (dry run; add " + how + " to do it)");
    }
}

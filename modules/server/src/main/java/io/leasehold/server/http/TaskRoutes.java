package io.leasehold.server.http;

import io.leasehold.api.CancelAnswer;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Names;
import io.leasehold.api.ProblemCode;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.task.Home;
import java.util.function.BiConsumer;

/** {@code GET} and {@code DELETE /v1/tasks/{id}}: asked of the id's home. */
final class TaskRoutes {
    private final Loop loop;

    TaskRoutes(Loop loop) {
        this.loop = loop;
    }

    void get(Exchange exchange) throws InvalidRequest {
        atHome(
                exchange,
                (shard, id) -> exchange.answerWith(
                        loop.<TaskView>ask(shard, (desk, answer) -> desk.find(shard, id, answer)),
                        found -> exchange.answer(200, Views.whole(known(found, id)))));
    }

    void cancel(Exchange exchange) throws InvalidRequest {
        atHome(
                exchange,
                (shard, id) -> exchange.answerWith(
                        loop.<Cancelled>ask(shard, (desk, answer) -> desk.cancel(shard, id, answer)),
                        outcome -> cancelled(exchange, known(outcome.task(), id), outcome)));
    }

    private void atHome(Exchange exchange, BiConsumer<Integer, String> here) throws InvalidRequest {
        String id = exchange.pathParam("id");
        if (!Names.isValid(id)) {
            throw new InvalidRequest("id", id, "1 to 200 bytes of printable UTF-8");
        }
        int home = Home.of(id, loop.whereabouts().shards());
        loop.atOwner(exchange, home, () -> here.accept(home, id));
    }

    private static void cancelled(Exchange exchange, TaskView task, Cancelled outcome) {
        String state = task.state().word();
        if (!outcome.cancelled()) {
            throw new ProblemException(
                    ProblemCode.TASK_ENDED, "state: " + state + " (expected: a task that has not ended)");
        }
        exchange.answer(200, new CancelAnswer(task.task().id(), state));
    }

    private static TaskView known(TaskView found, String id) {
        if (found == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_TASK, "id: " + id + " (expected: the id of a known task)");
        }
        return found;
    }
}

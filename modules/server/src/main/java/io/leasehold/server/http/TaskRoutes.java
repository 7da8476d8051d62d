package io.leasehold.server.http;

import io.leasehold.api.CancelAnswer;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Names;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * {@code GET} and {@code DELETE /v1/tasks/{id}}: asked of the id's home, which says "unknown" only when no inbox can hold the
 * id. After a growth all homes that it had are asked whether they know it, the newest first; if none does, they are asked
 * for sure, the newest last: a submission that lay in an earlier home's inbox is in its inbox by then.
 */
final class TaskRoutes {
    /** @param sure whether the shard is to answer "unknown" only when that is sure */
    private record Step(int shard, boolean sure) {}

    private final Loop loop;

    TaskRoutes(Loop loop) {
        this.loop = loop;
    }

    void get(Exchange exchange) throws InvalidRequest {
        String id = id(exchange);
        ask(
                exchange,
                id,
                step -> loop.<TaskView>ask(
                                step.shard(), (desk, answer) -> desk.find(step.shard(), id, step.sure(), answer))
                        .map(found -> Views.whole(known(found, id))));
    }

    void cancel(Exchange exchange) throws InvalidRequest {
        String id = id(exchange);
        ask(
                exchange,
                id,
                step -> loop.<Cancelled>ask(
                                step.shard(), (desk, answer) -> desk.cancel(step.shard(), id, step.sure(), answer))
                        .map(outcome -> cancelled(known(outcome.task(), id), outcome)));
    }

    private static String id(Exchange exchange) throws InvalidRequest {
        String id = exchange.pathParam("id");
        if (!Names.isValid(id)) {
            throw new InvalidRequest("id", id, "1 to 200 bytes of printable UTF-8");
        }
        return id;
    }

    private <T> void ask(Exchange exchange, String id, Function<Step, Future<T>> here) throws InvalidRequest {
        walk(exchange, id, steps(exchange, id), 0, here);
    }

    private List<Step> steps(Exchange exchange, String id) throws InvalidRequest {
        String named = exchange.queryParam("shard");
        if (exchange.isForwarded() && named != null) {
            int shard = Query.integer("shard", named, 0, Integer.MAX_VALUE);
            checkShards(exchange.queryParam("shards"));
            return List.of(new Step(shard, !"false".equals(exchange.queryParam("sure"))));
        }
        List<Integer> homes = loop.whereabouts().homesOf(id);
        List<Step> steps = new ArrayList<>();
        if (homes.size() > 1) {
            homes.forEach(home -> steps.add(new Step(home, false)));
        }
        for (int i = homes.size() - 1; i >= 0; i--) {
            steps.add(new Step(homes.get(i), true));
        }
        return steps;
    }

    /** Who has not heard of a growth looks for ids of new shards where they have never been. */
    private void checkShards(String asked) throws InvalidRequest {
        int now = loop.whereabouts().shards();
        if (asked != null && Query.integer("shards", asked, 1, Integer.MAX_VALUE) < now) {
            throw new ProblemException(
                    ProblemCode.NOT_ADMITTED_YET,
                    "shards: " + asked + " (expected: " + now
                            + ", as there are by now); asked before that was heard of");
        }
    }

    private <T> void walk(Exchange exchange, String id, List<Step> steps, int at, Function<Step, Future<T>> here) {
        Step step = steps.get(at);
        int shard = step.shard();
        boolean isLast = at == steps.size() - 1;
        Runnable next = () -> walk(exchange, id, steps, at + 1, here);
        Member owner = loop.whereabouts().isHere(shard) || exchange.isForwarded()
                ? null
                : loop.whereabouts().elsewhere(shard);
        if (owner == null) {
            here.apply(step).onSuccess(body -> exchange.answer(200, body)).onFailure(failure -> {
                if (isLast || !isUnknown(failure)) {
                    exchange.fail(failure);
                } else {
                    next.run();
                }
            });
        } else if (at == 0 && exchange.refusesForward()) {
            exchange.fail(Exchange.askInstead(shard, owner));
        } else {
            loop.send(
                            exchange,
                            owner,
                            exchange.forward(
                                    Routes.task(id, shard, loop.whereabouts().shards(), step.sure())))
                    .onSuccess(reply -> {
                        if (isLast || reply.status() != ProblemCode.UNKNOWN_TASK.status()) {
                            exchange.answer(reply);
                        } else {
                            next.run();
                        }
                    })
                    .onFailure(exchange::fail);
        }
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof ProblemException problem
                && ProblemCode.UNKNOWN_TASK.word().equals(problem.problem().code());
    }

    private static CancelAnswer cancelled(TaskView task, Cancelled outcome) {
        String state = task.state().word();
        if (!outcome.cancelled()) {
            throw new ProblemException(
                    ProblemCode.TASK_ENDED, "state: " + state + " (expected: a task that has not ended)");
        }
        return new CancelAnswer(task.task().id(), state);
    }

    private static TaskView known(TaskView found, String id) {
        if (found == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_TASK, "id: " + id + " (expected: the id of a known task)");
        }
        return found;
    }
}

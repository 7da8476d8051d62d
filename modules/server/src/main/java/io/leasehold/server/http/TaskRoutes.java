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
import java.util.function.IntFunction;

/**
 * {@code GET} and {@code DELETE /v1/tasks/{id}}: asked of the id's home, then of the homes that it had when there were fewer
 * shards, then of its home once more: a submission that lay in an earlier home's inbox has been sent there meanwhile.
 */
final class TaskRoutes {
    private final Loop loop;

    TaskRoutes(Loop loop) {
        this.loop = loop;
    }

    void get(Exchange exchange) throws InvalidRequest {
        String id = id(exchange);
        ask(
                exchange,
                id,
                shard -> loop.<TaskView>ask(shard, (desk, answer) -> desk.find(shard, id, answer))
                        .map(found -> Views.whole(known(found, id))));
    }

    void cancel(Exchange exchange) throws InvalidRequest {
        String id = id(exchange);
        ask(
                exchange,
                id,
                shard -> loop.<Cancelled>ask(shard, (desk, answer) -> desk.cancel(shard, id, answer))
                        .map(outcome -> cancelled(known(outcome.task(), id), outcome)));
    }

    private static String id(Exchange exchange) throws InvalidRequest {
        String id = exchange.pathParam("id");
        if (!Names.isValid(id)) {
            throw new InvalidRequest("id", id, "1 to 200 bytes of printable UTF-8");
        }
        return id;
    }

    private <T> void ask(Exchange exchange, String id, IntFunction<Future<T>> here) throws InvalidRequest {
        walk(exchange, id, shardsToAsk(exchange, id), 0, here);
    }

    private List<Integer> shardsToAsk(Exchange exchange, String id) throws InvalidRequest {
        String named = exchange.queryParam("shard");
        if (exchange.isForwarded() && named != null) {
            return List.of(Query.integer("shard", named, 0, Integer.MAX_VALUE));
        }
        List<Integer> homes = loop.whereabouts().homesOf(id);
        if (homes.size() == 1) {
            return homes;
        }
        List<Integer> andHomeAgain = new ArrayList<>(homes);
        andHomeAgain.add(homes.get(0));
        return andHomeAgain;
    }

    private <T> void walk(Exchange exchange, String id, List<Integer> shards, int at, IntFunction<Future<T>> here) {
        int shard = shards.get(at);
        boolean isLast = at == shards.size() - 1;
        Runnable next = () -> walk(exchange, id, shards, at + 1, here);
        Member owner = loop.whereabouts().isHere(shard) || exchange.isForwarded()
                ? null
                : loop.whereabouts().elsewhere(shard);
        if (owner == null) {
            here.apply(shard).onSuccess(body -> exchange.answer(200, body)).onFailure(failure -> {
                if (isLast || !isUnknown(failure)) {
                    exchange.fail(failure);
                } else {
                    next.run();
                }
            });
        } else if (at == 0 && exchange.refusesForward()) {
            exchange.fail(Exchange.askInstead(shard, owner));
        } else {
            loop.send(exchange, owner, exchange.forward(Routes.task(id, shard)))
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

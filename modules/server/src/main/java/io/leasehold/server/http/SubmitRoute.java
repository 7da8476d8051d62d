package io.leasehold.server.http;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.Json;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.Routes;
import io.leasehold.api.SubmitAnswer;
import io.leasehold.api.TaskReader;
import io.leasehold.api.TaskSpec;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.task.Submission;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /v1/tasks}: one task, or an array answered task by task (201 if all were taken, else 207).
 *
 * <p>A task without an id gets one whose home is a shard of this process, so that it needs no forwarding; a coordinator
 * without shards forwards it as it is to one that has some.
 */
final class SubmitRoute {
    private static final int MULTI_STATUS = 207;

    /** @param home of the task; -1 if it has no id and there is no shard here to give it one */
    private record Item(TaskSpec task, String id, int home) {}

    private final Loop loop;
    private final TaskReader reader;
    private final TaskReader forwardedReader;

    SubmitRoute(Loop loop) {
        this.loop = loop;
        int maxTaskBytes = loop.edge().maxTaskBytes();
        this.reader = new TaskReader(maxTaskBytes);
        this.forwardedReader = new TaskReader(maxTaskBytes + ForwardedTask.GROWTH_BYTES);
    }

    void handle(Exchange exchange) throws InvalidTask {
        byte[] body = exchange.body();
        if (TaskReader.isArray(body)) {
            several(exchange, readerFor(exchange).readArray(body));
        } else {
            one(exchange, readerFor(exchange).read(body));
        }
    }

    private TaskReader readerFor(Exchange exchange) {
        return exchange.isForwarded() ? forwardedReader : reader;
    }

    private void one(Exchange exchange, TaskSpec task) {
        Item item = item(exchange, task);
        if (item.home() >= 0) {
            loop.atOwner(
                    exchange,
                    item.home(),
                    Routes.TASKS,
                    () -> exchange.answerWith(
                            submit(item.home(), List.of(item)), answers -> answer(exchange, answers.get(0))));
            return;
        }
        Member other = anyOther(exchange);
        if (other == null) {
            exchange.fail(noShards());
        } else if (exchange.refusesForward()) {
            exchange.fail(Exchange.askInstead(0, other));
        } else {
            loop.handOver(exchange, other, exchange.forward(Routes.TASKS));
        }
    }

    private static void answer(Exchange exchange, SubmitAnswer answer) {
        if (answer.error() == null) {
            exchange.answer(201, answer);
        } else {
            exchange.fail(answer.error(), null);
        }
    }

    private void several(Exchange exchange, List<TaskReader.Item> read) {
        SubmitAnswer[] answers = new SubmitAnswer[read.size()];
        List<Item> items = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            TaskReader.Item next = read.get(i);
            if (next.task() == null) {
                answers[i] = SubmitAnswer.refused(null, Problem.of(next.error()));
            } else {
                items.add(item(exchange, next.task()));
                places.add(i);
            }
        }
        Future<List<SubmitAnswer>> asked = new Batch<>(exchange, loop.whereabouts(), new Words(exchange), items).ask();
        exchange.answerWith(asked, given -> {
            for (int i = 0; i < places.size(); i++) {
                answers[places.get(i)] = given.get(i);
            }
            boolean allTaken = List.of(answers).stream().allMatch(answer -> answer.error() == null);
            exchange.answer(allTaken ? 201 : MULTI_STATUS, answers);
        });
    }

    private Item item(Exchange exchange, TaskSpec task) {
        TaskSpec traced = task.tracedBy(exchange.traceparent());
        if (task.id() != null) {
            return new Item(traced, task.id(), loop.whereabouts().homeOf(task.id()));
        }
        int shard = loop.whereabouts().anyHere();
        return new Item(traced, shard < 0 ? null : Submissions.assignId(shard), shard);
    }

    private Future<List<SubmitAnswer>> submit(int shard, List<Item> items) {
        List<Submission> submissions = items.stream()
                .map(item -> Submissions.of(item.task(), item.id()))
                .toList();
        return loop.<List<Accepted>>ask(shard, (desk, answer) -> desk.submit(shard, submissions, answer))
                .map(accepted -> {
                    List<SubmitAnswer> answers = new ArrayList<>(items.size());
                    for (int i = 0; i < items.size(); i++) {
                        answers.add(answerOf(items.get(i), shard, accepted.get(i)));
                    }
                    return answers;
                });
    }

    private static SubmitAnswer answerOf(Item item, int shard, Accepted accepted) {
        return accepted == Accepted.FULL
                ? SubmitAnswer.refused(item.id(), ProblemTable.of(Refusal.FULL, shard))
                : SubmitAnswer.accepted(item.id(), shard, accepted == Accepted.DUPLICATE);
    }

    private Member anyOther(Exchange exchange) {
        return exchange.isForwarded()
                ? null
                : loop.whereabouts().anyOwner(loop.whereabouts().self());
    }

    private static ProblemException noShards() {
        return new ProblemException(ProblemCode.NO_OWNER, "this coordinator serves no shard; nothing was done");
    }

    private final class Words implements Batch.Words<Item, SubmitAnswer> {
        private final Exchange exchange;

        Words(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public int shardOf(Item item) {
            return item.home();
        }

        @Override
        public Future<List<SubmitAnswer>> here(int shard, List<Item> items) {
            if (shard >= 0) {
                return submit(shard, items);
            }
            Member other = anyOther(exchange);
            if (other == null) {
                return Future.failedFuture(noShards());
            }
            return exchange.refusesForward()
                    ? Future.failedFuture(Exchange.askInstead(0, other))
                    : elsewhere(other, items);
        }

        @Override
        public Future<List<SubmitAnswer>> elsewhere(Member owner, List<Item> items) {
            byte[] body = Json.write(
                    items.stream().map(item -> ForwardedTask.of(item.task())).toList());
            Forward forward = Forward.post(Routes.TASKS, body, exchange.traceparent());
            return loop.ask(exchange, owner, forward, SubmitAnswer[].class).map(List::of);
        }

        @Override
        public SubmitAnswer unanswered(Item item, Throwable why) {
            return SubmitAnswer.refused(item.task().id(), ProblemTable.of(why));
        }
    }
}

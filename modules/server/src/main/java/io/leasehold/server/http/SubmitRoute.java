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
import io.leasehold.core.task.Home;
import io.leasehold.core.task.Submission;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code POST /v1/tasks}: one task, or an array answered task by task (201 if all were taken, else 207).
 *
 * <p>A task without an id gets one whose home is a shard of this process, so that it needs no forwarding, or, if there is
 * none, of another. Whoever is not told what became of it is told the id, and may submit it again under that.
 */
final class SubmitRoute {
    private static final int MULTI_STATUS = 207;

    /** @param home of the task; -1 if it has no id and no shard is known that could give it one */
    private record Item(TaskSpec task, String id, int home) {
        boolean isAssigned() {
            return task.id() == null && id != null;
        }
    }

    private final Loop loop;
    private final TaskReader reader;
    private final TaskReader forwardedReader;
    private final AssignedIds ids;

    SubmitRoute(Loop loop) {
        this.loop = loop;
        this.ids = new AssignedIds(loop.tokens());
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

    private void one(Exchange exchange, TaskSpec task) throws InvalidTask {
        Item item = item(exchange, task);
        if (item.home() < 0) {
            exchange.fail(noShards());
        } else if (item.isAssigned() && !loop.whereabouts().isHere(item.home())) {
            Future<List<SubmitAnswer>> asked = new Batch<>(
                            exchange, loop.whereabouts(), new Words(exchange), List.of(item), Batch.Patience.ENDLESS)
                    .ask();
            exchange.answerWith(asked, answers -> answer(exchange, answers.get(0)));
        } else {
            loop.atOwner(
                    exchange,
                    item.home(),
                    Routes.TASKS,
                    () -> submit(item.home(), List.of(item))
                            .onSuccess(answers -> answer(exchange, answers.get(0)))
                            .onFailure(why -> answer(exchange, unanswered(item, why))));
        }
    }

    private static void answer(Exchange exchange, SubmitAnswer answer) {
        if (answer.error() == null) {
            exchange.answer(201, answer);
        } else {
            exchange.fail(answer.error(), answer.id());
        }
    }

    /** Where it may have been taken all the same, the client is told the id under which it can find out. */
    private static SubmitAnswer unanswered(Item item, Throwable why) {
        Problem problem = ProblemTable.of(why);
        if (item.id() == null || !ProblemCode.OUTCOME_UNKNOWN.word().equals(problem.code())) {
            return SubmitAnswer.refused(item.task().id(), problem);
        }
        String detail = problem.detail() + "; submitted again with the id " + item.id() + " it is taken once";
        return SubmitAnswer.refused(item.id(), Problem.of(ProblemCode.OUTCOME_UNKNOWN, detail));
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
                try {
                    items.add(item(exchange, next.task()));
                    places.add(i);
                } catch (InvalidTask e) {
                    answers[i] = SubmitAnswer.refused(null, Problem.of(e));
                }
            }
        }
        Future<List<SubmitAnswer>> asked =
                new Batch<>(exchange, loop.whereabouts(), new Words(exchange), items, Batch.Patience.ENDLESS).ask();
        exchange.answerWith(asked, given -> {
            for (int i = 0; i < places.size(); i++) {
                answers[places.get(i)] = given.get(i);
            }
            boolean allTaken = List.of(answers).stream().allMatch(answer -> answer.error() == null);
            exchange.answer(allTaken ? 201 : MULTI_STATUS, answers);
        });
    }

    private Item item(Exchange exchange, TaskSpec task) throws InvalidTask {
        TaskSpec traced = task.tracedBy(exchange.traceparent());
        String id = task.id();
        if (id != null) {
            if (Home.isAssigned(id) && !ids.isGenuine(id)) {
                throw new InvalidTask("id", id, "one that does not begin with ~, or that this cluster assigned");
            }
            return new Item(traced, id, loop.whereabouts().homeOf(id));
        }
        int shard = loop.whereabouts().anyHere();
        if (shard < 0 && !exchange.isForwarded()) {
            shard = loop.whereabouts().anyElsewhere(loop.whereabouts().self());
        }
        return new Item(traced, shard < 0 ? null : ids.assign(shard), shard);
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
        return switch (accepted) {
            case NEW -> SubmitAnswer.accepted(item.id(), shard, false);
            case DUPLICATE -> SubmitAnswer.accepted(item.id(), shard, true);
            case FULL -> SubmitAnswer.refused(item.id(), ProblemTable.of(Refusal.FULL, shard));
            case TOO_MANY_QUEUES ->
                SubmitAnswer.refused(item.id(), tooManyQueues(item.task().queue(), shard));
        };
    }

    private static Problem tooManyQueues(String queue, int shard) {
        String detail = "queue: " + queue + " (expected: one that has tasks in shard " + shard
                + ", which has as many queues as it may); nothing was done";
        return Problem.of(ProblemCode.TOO_MANY_QUEUES, detail, "queue");
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
            return shard < 0 ? Future.failedFuture(noShards()) : submit(shard, items);
        }

        @Override
        public Future<List<SubmitAnswer>> elsewhere(Member owner, List<Item> items) {
            return send(owner, items, true)
                    .compose(answers -> answers.size() == items.size()
                            ? withoutIds(owner, items, answers)
                            : Future.succeededFuture(answers));
        }

        /** An older release takes no assigned ids back: it took nothing, and assigns one of its own. */
        private Future<List<SubmitAnswer>> withoutIds(Member owner, List<Item> items, List<SubmitAnswer> answers) {
            List<Integer> refused = IntStream.range(0, items.size())
                    .filter(i -> items.get(i).isAssigned() && isIdRefused(answers.get(i)))
                    .boxed()
                    .toList();
            if (refused.isEmpty()) {
                return Future.succeededFuture(answers);
            }
            return send(owner, refused.stream().map(items::get).toList(), false).map(again -> {
                List<SubmitAnswer> all = new ArrayList<>(answers);
                for (int i = 0; i < refused.size(); i++) {
                    all.set(refused.get(i), again.get(i));
                }
                return all;
            });
        }

        private static boolean isIdRefused(SubmitAnswer answer) {
            return answer.error() != null
                    && ProblemCode.INVALID_TASK.word().equals(answer.error().code())
                    && "id".equals(answer.error().field());
        }

        private Future<List<SubmitAnswer>> send(Member owner, List<Item> items, boolean named) {
            byte[] body = Json.write(items.stream()
                    .map(item -> ForwardedTask.of(
                            item.task(), named ? item.id() : item.task().id()))
                    .toList());
            Forward forward = Forward.post(Routes.TASKS, body, exchange.traceparent());
            return loop.ask(exchange, owner, forward, SubmitAnswer[].class).map(List::of);
        }

        @Override
        public SubmitAnswer unanswered(Item item, Throwable why) {
            return SubmitRoute.unanswered(item, why);
        }
    }
}

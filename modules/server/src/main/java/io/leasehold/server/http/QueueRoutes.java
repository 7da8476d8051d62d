package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Limits;
import io.leasehold.api.Names;
import io.leasehold.api.QueuesView;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.core.task.TaskState;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /v1/queues} and {@code /v1/queues/{q}}: counts added up over all shards. */
final class QueueRoutes {
    private static final int DEFAULT_LIMIT = 100;

    private final Loop loop;

    QueueRoutes(Loop loop) {
        this.loop = loop;
    }

    void all(Exchange exchange) throws InvalidRequest {
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        QueuePage page = new QueuePage(after(exchange), limit(exchange));
        exchange.answerWith(filled(exchange, shards, page), full -> exchange.answer(200, full.view()));
    }

    private static String after(Exchange exchange) throws InvalidRequest {
        String after = exchange.queryParam("after");
        if (after != null && !Names.isValid(after)) {
            throw new InvalidRequest("after", after, "the next of an earlier answer");
        }
        return after == null ? "" : after;
    }

    /** A coordinator of an older release asks for all that there are: it gets as many as may be. */
    private static int limit(Exchange exchange) throws InvalidRequest {
        String text = exchange.queryParam("limit");
        if (text == null) {
            return exchange.isForwarded() ? Limits.MAX_QUEUES_PER_PAGE : DEFAULT_LIMIT;
        }
        return Query.integer("limit", text, 1, Limits.MAX_QUEUES_PER_PAGE);
    }

    /** A queue that no task was ever in is there, and empty. */
    void one(Exchange exchange) throws InvalidRequest {
        String queue = exchange.pathParam("queue");
        if (!Names.isValid(queue)) {
            throw new InvalidRequest("queue", queue, "1 to 200 bytes of printable UTF-8");
        }
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        exchange.answerWith(counted(exchange, shards, queue), page -> exchange.answer(200, one(page, queue)));
    }

    private static QueuesView one(QueuePage page, String queue) {
        QueuesView view = page.view();
        return view.queues().isEmpty()
                ? new QueuesView(view.asOf(), List.of(new QueueCounts().view(queue)), null, view.incomplete())
                : view;
    }

    /**
     * How many dead letters there are.
     *
     * @param queue in this one; null for all
     * @return never fails
     */
    Future<Long> dead(Exchange exchange, List<Integer> shards, String queue) {
        return queue == null
                ? deadFrom(exchange, shards, "", 0)
                : counted(exchange, shards, queue).map(page -> page.sum(TaskState.DEAD));
    }

    /** Page by page, so that there is never more than one in memory. */
    private Future<Long> deadFrom(Exchange exchange, List<Integer> shards, String after, long before) {
        return filled(exchange, shards, new QueuePage(after, Limits.MAX_QUEUES_PER_PAGE))
                .compose(page -> {
                    long dead = before + page.sum(TaskState.DEAD);
                    return page.next() == null
                            ? Future.succeededFuture(dead)
                            : deadFrom(exchange, shards, page.next(), dead);
                });
    }

    /** @return never fails */
    private Future<QueuePage> filled(Exchange exchange, List<Integer> shards, QueuePage page) {
        return FanOut.<QueuePage>over(
                        loop,
                        exchange,
                        shards,
                        shard -> loop.<List<QueueView>>ask(
                                        shard,
                                        (desk, answer) -> desk.queues(shard, page.after(), page.limit() + 1, answer))
                                .map(views -> {
                                    page.add(views);
                                    return page;
                                }),
                        (owner, theirs) -> loop.ask(exchange, owner, Forward.get(uri(page, theirs)), QueuesView.class)
                                .map(view -> {
                                    page.add(view);
                                    return page;
                                }))
                .map(gathered -> {
                    page.missed(gathered.missing());
                    return page;
                });
    }

    private static String uri(QueuePage page, List<Integer> shards) {
        String uri = Routes.QUEUES + "?shards=" + Query.listOf(shards) + "&limit=" + page.limit();
        return page.after().isEmpty() ? uri : uri + "&after=" + Query.encoded(page.after());
    }

    /** A page of this queue alone; never fails. */
    Future<QueuePage> counted(Exchange exchange, List<Integer> shards, String queue) {
        QueuePage page = new QueuePage("", 1);
        return FanOut.<QueuePage>over(
                        loop,
                        exchange,
                        shards,
                        shard -> loop.<QueueView>ask(shard, (desk, answer) -> desk.queue(shard, queue, answer))
                                .map(view -> {
                                    page.add(view == null ? List.of() : List.of(view));
                                    return page;
                                }),
                        (owner, theirs) -> loop.ask(
                                        exchange,
                                        owner,
                                        Forward.get(Routes.queue(queue) + "?shards=" + Query.listOf(theirs)),
                                        QueuesView.class)
                                .map(view -> {
                                    page.add(view);
                                    return page;
                                }))
                .map(gathered -> {
                    page.missed(gathered.missing());
                    return page;
                });
    }
}

package io.leasehold.server.http;

import io.leasehold.api.DeadView;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Limits;
import io.vertx.core.Future;
import java.util.List;

/** {@code GET /v1/dead}: a page of dead letters, and how many there are. */
final class DeadRoutes {
    private static final int DEFAULT_LIMIT = 100;

    private final Loop loop;
    private final QueueRoutes queues;

    DeadRoutes(Loop loop, QueueRoutes queues) {
        this.loop = loop;
        this.queues = queues;
    }

    void list(Exchange exchange) throws InvalidRequest {
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        String queue = Query.queue(exchange);
        String limitText = exchange.queryParam("limit");
        int limit = limitText == null ? DEFAULT_LIMIT : Query.integer("limit", limitText, 1, Limits.MAX_DEAD_PER_PAGE);
        DeadCursor cursor = DeadCursor.parse(exchange.queryParam("after"));

        Future<DeadView> page = new DeadWalk(loop, exchange, queue, limit).walk(shards, cursor);
        Future<Long> total = exchange.isForwarded() ? Future.succeededFuture(0L) : queues.dead(exchange, shards, queue);
        exchange.answerWith(Future.all(page, total), both -> exchange.answer(200, view(page.result(), total.result())));
    }

    private static DeadView view(DeadView page, long total) {
        return new DeadView(page.asOf(), page.tasks(), total, page.next(), page.incomplete());
    }
}

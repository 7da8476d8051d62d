package io.leasehold.server.http;

import io.leasehold.api.DrainRequest;
import io.leasehold.api.GrowRequest;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.MoveRequest;
import io.leasehold.api.RequestReader;

/**
 * {@code POST /v1/shards/grow}, {@code /v1/shards/move} and {@code /v1/coordinators/drain}: any coordinator writes down what
 * is asked for, and what follows is seen in {@code GET /v1/cluster}.
 */
final class OperationRoutes {
    private interface Operation {
        void run(Operations operations) throws Exception;
    }

    private final Loop loop;

    OperationRoutes(Loop loop) {
        this.loop = loop;
    }

    void grow(Exchange exchange) throws InvalidRequest {
        GrowRequest grow = RequestReader.grow(exchange.body());
        run(exchange, operations -> operations.grow(grow.shards()), grow);
    }

    void move(Exchange exchange) throws InvalidRequest {
        MoveRequest move = RequestReader.move(exchange.body());
        run(exchange, operations -> operations.place(move.shard(), move.to()), move);
    }

    void drain(Exchange exchange) throws InvalidRequest {
        DrainRequest drain = RequestReader.drain(exchange.body());
        boolean wanted = !Boolean.FALSE.equals(drain.drain());
        run(exchange, operations -> operations.drain(drain.coordinator(), wanted), drain);
    }

    /** Never on the event loop: it waits for ZooKeeper and Kafka. */
    private void run(Exchange exchange, Operation operation, Object answer) {
        exchange.answerWith(
                loop.vertx().executeBlocking(() -> {
                    operation.run(loop.edge().operations());
                    return answer;
                }),
                done -> exchange.answer(200, done));
    }
}

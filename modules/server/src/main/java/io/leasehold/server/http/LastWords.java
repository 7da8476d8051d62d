package io.leasehold.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Ends a connection behind an answer. A client that still sends would be reset by a close, and might not see the answer: so
 * what it sends is dropped for a while first.
 */
final class LastWords {
    private static final long LINGER_MS = 1_000;

    private LastWords() {}

    /** Once the answer is written. */
    static void close(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        long timer = vertx.setTimer(LINGER_MS, ignored -> request.connection().close());
        request.handler(ignored -> {});
        request.endHandler(ignored -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
        request.exceptionHandler(ignored -> vertx.cancelTimer(timer));
        request.resume();
    }
}

package io.leasehold.server.http;

import io.leasehold.api.ProblemCode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;

/** Takes a body in only if it is JSON as it stands, not too long and not too slow. */
final class BodyGuard {
    private static final String TIMER = "leasehold.body.timer";

    private final Vertx vertx;
    private final int timeoutMs;
    private final Handler<RoutingContext> body;

    BodyGuard(Vertx vertx, int maxBytes, int timeoutMs) {
        this.vertx = vertx;
        this.timeoutMs = timeoutMs;
        this.body = BodyHandler.create(false).setBodyLimit(maxBytes);
    }

    /** Before the body is read. */
    void enter(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (!isJson(type)) {
            throw unsupported("content-type", type, "application/json");
        }
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            throw unsupported("content-encoding", encoding, "none");
        }
        if (!request.isEnded()) {
            long timer = vertx.setTimer(timeoutMs, ignored -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
            routing.put(TIMER, timer);
        }
        body.handle(routing);
    }

    /** Once the body is there. */
    void leave(RoutingContext routing) {
        Long timer = routing.remove(TIMER);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        routing.next();
    }

    private static boolean isJson(String type) {
        if (type == null) {
            return false;
        }
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        return bare.equals("application/json");
    }

    private static ProblemException unsupported(String header, String found, String expected) {
        return new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                header + ": " + (found == null ? "none" : found) + " (expected: " + expected + ")");
    }
}

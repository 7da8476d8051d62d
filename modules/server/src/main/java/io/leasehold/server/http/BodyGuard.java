package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Takes a body in only if it is JSON as it stands, not too long, not too slow, and there is memory for it. */
final class BodyGuard {
    private static final long CANCEL = 0x8;

    private final Vertx vertx;
    private final ByteBudget budget;
    private final int timeoutMs;
    private final BiConsumer<HttpServerRequest, Denial> deny;
    private final RequestMeters meters;

    /** @param deny answers a request that is not let in */
    BodyGuard(Vertx vertx, EdgeState state, int timeoutMs, BiConsumer<HttpServerRequest, Denial> deny) {
        this.vertx = vertx;
        this.budget = state.bodies();
        this.meters = state.meters();
        this.timeoutMs = timeoutMs;
        this.deny = deny;
    }

    /** Reads the body; the next handler finds it whole. */
    void read(RoutingContext routing, BodyLimit limit) {
        HttpServerRequest request = routing.request();
        checkType(request);
        long declared = declared(request);
        if (declared > limit.most()) {
            deny.accept(request, tooLarge(declared + " bytes", limit.most()));
        } else if (!budget.has(Math.max(0, declared))) {
            deny.accept(request, noRoom());
        } else {
            if (request.headers().contains(HttpHeaders.EXPECT) && request.version() != HttpVersion.HTTP_1_0) {
                request.response().writeContinue();
            }
            new Intake(routing, limit).start();
        }
    }

    private static void checkType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (!isJson(type)) {
            throw unsupported("content-type", type, "application/json");
        }
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            throw unsupported("content-encoding", encoding, "none");
        }
    }

    /** The length that the request announces, or -1. */
    private static long declared(HttpServerRequest request) {
        String text = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Denial tooLarge(String found, int most) {
        InvalidRequest fault = new InvalidRequest("body", found, "at most " + most + " bytes");
        return Denial.of(EdgeRefusal.BODY_SIZE, ProblemCode.TOO_LARGE, fault);
    }

    private static Denial noRoom() {
        Problem problem =
                Problem.of(ProblemCode.OVERLOADED, "this coordinator: too many bodies are under way; nothing was done");
        return new Denial(EdgeRefusal.BODIES, problem, true);
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

    /** One body on its way in. */
    private final class Intake {
        private final RoutingContext routing;
        private final HttpServerRequest request;
        private final BodyLimit limit;
        private final Body body;
        private long timer;
        private boolean over;

        Intake(RoutingContext routing, BodyLimit limit) {
            this.routing = routing;
            this.request = routing.request();
            this.limit = limit;
            this.body = Body.begin(routing, budget);
        }

        void start() {
            timer = vertx.setTimer(timeoutMs, ignored -> tooSlow());
            request.exceptionHandler(this::broken);
            request.handler(this::arrived);
            request.endHandler(ignored -> whole());
        }

        private void arrived(Buffer chunk) {
            if (over) {
                return;
            }
            int most = limit.mostOf(body.length() == 0 ? chunk : body.bytes());
            if (body.length() + chunk.length() > most) {
                refuse(tooLarge("more", most));
            } else if (!body.append(chunk)) {
                refuse(noRoom());
            }
        }

        private void refuse(Denial denial) {
            end();
            body.drop();
            deny.accept(request, denial);
        }

        private void whole() {
            if (!over) {
                end();
                routing.next();
            }
        }

        private void tooSlow() {
            over = true;
            body.drop();
            meters.refused(EdgeRefusal.BODY_SLOW);
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset(CANCEL);
            } else {
                request.connection().close();
            }
        }

        private void broken(Throwable why) {
            if (over) {
                return;
            }
            end();
            body.drop();
            if (!(why instanceof HttpClosedException) && !(why instanceof StreamResetException)) {
                InvalidRequest fault = new InvalidRequest("body", null, "one that is framed as HTTP asks for");
                deny.accept(request, Denial.of(EdgeRefusal.MALFORMED, ProblemCode.INVALID_REQUEST, fault));
            }
        }

        private void end() {
            over = true;
            vertx.cancelTimer(timer);
        }
    }
}

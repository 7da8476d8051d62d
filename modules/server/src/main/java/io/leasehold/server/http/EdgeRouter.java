package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.Routes;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which path and method leads where, for one event loop; and what every request passes on its way there and back. */
final class EdgeRouter {
    private static final String ARRIVED = "leasehold.arrived";
    private static final String NO_ROUTE = "none";

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NO_SNIFFING = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** Handles one request; what it throws becomes the answer. */
    private interface Handling {
        void handle(Exchange exchange) throws InvalidRequest;
    }

    private final Loop loop;
    private final RequestMeters meters;
    private final Callers callers;
    private final AcceptGuard door;
    private final Answers answers;
    private final HeadGuard heads;
    private final BodyGuard bodies;
    private final BodyLimits limits;
    private final Router router;
    private final PollRoute polls;
    private final PeerAddresses peers;
    private final Map<String, Set<String>> methods = new TreeMap<>();

    EdgeRouter(Loop loop, EdgeOptions options, EdgeState state, Callers callers) {
        this.loop = loop;
        this.meters = state.meters();
        this.callers = callers;
        this.door = state.door();
        this.answers = new Answers(loop.vertx(), callers, state, options.budgets());
        this.heads = new HeadGuard(state.names());
        this.bodies = new BodyGuard(loop.vertx(), state, options.bodyTimeoutMs(), this::deny);
        this.limits = new BodyLimits(options.maxBodyBytes(), loop.edge().maxTaskBytes());
        this.router = Router.router(loop.vertx());
        this.polls = new PollRoute(loop, state, callers);
        this.peers = state.peers();
        router.route().handler(this::arrive).failureHandler(this::onFailure);
        tasks();
        leases();
        views();
        operations();
        probes();
        problems();
    }

    Router router() {
        return router;
    }

    /** Every request comes in here. */
    void enter(HttpServerRequest request) {
        long arrived = System.nanoTime();
        request.response().putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFFING).putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        Denial denial = look(request);
        if (denial == null) {
            router.handle(request);
            return;
        }
        deny(request, denial);
        meters.answered(NO_ROUTE, request.method(), denial.problem().status(), System.nanoTime() - arrived);
    }

    private Denial look(HttpServerRequest request) {
        Denial full = isProbe(request) ? null : tooMuch(request);
        if (full != null) {
            return full;
        }
        return isKnown(request.method()) ? heads.check(request) : unknownMethod(request);
    }

    /** What costs little and must be answered whatever goes on. */
    private static boolean isProbe(HttpServerRequest request) {
        String path = request.path();
        return Routes.LIVE.equals(path) || Routes.READY.equals(path);
    }

    private Denial tooMuch(HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        boolean scrapes = Routes.METRICS.equals(request.path());
        if (!scrapes && from != null && door.isProbesOnly(from.hostAddress(), from.port())) {
            Problem problem = Problem.of(
                    ProblemCode.BUSY, "this coordinator: there are as many connections as may be; nothing was done");
            return new Denial(EdgeRefusal.CONNECTIONS, problem, true);
        }
        return answers.admit(request);
    }

    /** Neither its first line nor its headers may be believed, so the answer has no body, and the connection ends. */
    void unreadable(HttpServerRequest request) {
        Throwable why = request.decoderResult().cause();
        int status =
                why instanceof TooLongHttpLineException ? 414 : why instanceof TooLongHttpHeaderException ? 431 : 400;
        meters.refused(EdgeRefusal.MALFORMED);
        meters.answered(NO_ROUTE, request.method(), status, 0);
        request.response()
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .setStatusCode(status)
                .end();
        request.connection().close();
    }

    private static boolean isKnown(HttpMethod method) {
        return RequestMeters.METHODS.contains(method.name());
    }

    private Denial unknownMethod(HttpServerRequest request) {
        String allowed = allowed(request.path());
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        InvalidRequest fault = new InvalidRequest("method", request.method().name(), allowed);
        return Denial.of(EdgeRefusal.METHOD, ProblemCode.METHOD_NOT_ALLOWED, fault);
    }

    private void deny(HttpServerRequest request, Denial denial) {
        meters.refused(denial.why());
        if (denial.why() == EdgeRefusal.ANSWERS && request.version() == HttpVersion.HTTP_2) {
            Answers.refuse(request);
            return;
        }
        boolean closes = denial.closes() && request.version() != HttpVersion.HTTP_2;
        if (closes) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        fail(request, denial.problem());
        if (closes) {
            LastWords.close(loop.vertx(), request);
        }
    }

    /** Answers parked polls with nothing and takes no more. */
    void drain() {
        polls.drain();
    }

    private void tasks() {
        TaskRoutes tasks = new TaskRoutes(loop);
        post(Routes.TASKS, limits.tasks(), new SubmitRoute(loop)::handle);
        on(HttpMethod.GET, Routes.TASKS + "/:id", tasks::get);
        on(HttpMethod.DELETE, Routes.TASKS + "/:id", tasks::cancel);
    }

    private void leases() {
        post(Routes.POLL, limits.words(), polls::handle);
        post(Routes.HEARTBEAT, limits.heartbeat(), new HeartbeatRoute(loop)::handle);
        post(Routes.REPORT, limits.report(), new ReportRoute(loop)::handle);
        post(Routes.HINT, limits.words(), new HintRoute(loop, peers, callers)::handle);
    }

    private void views() {
        QueueRoutes queues = new QueueRoutes(loop);
        on(HttpMethod.GET, Routes.QUEUES, queues::all);
        on(HttpMethod.GET, Routes.QUEUES + "/:queue", queues::one);
        on(HttpMethod.GET, Routes.DEAD, new DeadRoutes(loop, queues)::list);
        post(Routes.REDRIVE, limits.redrive(), new RedriveRoute(loop)::handle);
        post(Routes.PURGE, limits.purge(), new PurgeRoute(loop, queues)::handle);
        on(HttpMethod.GET, Routes.INBOXES, new InboxesRoute(loop)::handle);
        on(HttpMethod.GET, Routes.CLUSTER, new ClusterRoute(loop)::handle);
    }

    private void operations() {
        OperationRoutes operations = new OperationRoutes(loop);
        post(Routes.GROW, limits.words(), operations::grow);
        post(Routes.MOVE, limits.words(), operations::move);
        post(Routes.DRAIN, limits.words(), operations::drain);
    }

    private void probes() {
        ProbeRoutes probes = new ProbeRoutes(loop.vertx(), loop.edge(), answers);
        route(HttpMethod.GET, Routes.LIVE).handler(probes::live);
        route(HttpMethod.GET, Routes.READY).handler(probes::ready);
        route(HttpMethod.GET, Routes.METRICS).handler(probes::metrics);
        route(HttpMethod.GET, Routes.OPENAPI).handler(probes::openApi);
    }

    private void post(String path, BodyLimit limit, Handling handling) {
        route(HttpMethod.POST, path)
                .handler(routing -> bodies.read(routing, limit))
                .handler(routing -> handle(routing, handling));
    }

    private void on(HttpMethod method, String path, Handling handling) {
        route(method, path).handler(routing -> handle(routing, handling));
    }

    /** Paths are taken as they were sent: an id may be {@code ..}. */
    private Route route(HttpMethod method, String path) {
        methods.computeIfAbsent(path, name -> new TreeSet<>()).add(method.name());
        return router.route(method, path).useNormalizedPath(false).setName(path);
    }

    private void handle(RoutingContext routing, Handling handling) {
        long arrived = routing.get(ARRIVED);
        try {
            Exchange exchange = Exchange.of(routing, loop.context(), answers, arrived);
            exchange.whenGone(meters::gone);
            exchange.whenGone(() -> callers.gone(routing.request().connection()));
            try {
                handling.handle(exchange);
            } catch (InvalidRequest | RuntimeException e) {
                exchange.fail(e);
            }
        } catch (InvalidRequest e) {
            fail(routing, Problem.of(e));
        }
    }

    private void arrive(RoutingContext routing) {
        long arrived = System.nanoTime();
        routing.put(ARRIVED, arrived);
        routing.addEndHandler(ignored -> {
            Route route = routing.currentRoute();
            String name = route == null || route.getName() == null ? NO_ROUTE : route.getName();
            meters.answered(
                    name, routing.request().method(), routing.response().getStatusCode(), System.nanoTime() - arrived);
        });
        routing.next();
    }

    private void problems() {
        for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
            router.errorHandler(status, this::onFailure);
        }
    }

    private void onFailure(RoutingContext routing) {
        Throwable failure = routing.failure();
        String path = routing.request().path();
        if (failure instanceof HttpClosedException || failure instanceof StreamResetException) {
            routing.response().reset();
        } else if (failure != null && routing.statusCode() == 500) {
            fail(routing, ProblemTable.of(failure));
        } else if (routing.statusCode() == 405) {
            String allowed = allowed(path);
            routing.response().putHeader(HttpHeaders.ALLOW, allowed);
            fail(
                    routing,
                    ProblemTable.ofStatus(
                            405, "method: " + routing.request().method() + " (expected: " + allowed + ")"));
        } else {
            fail(routing, ProblemTable.ofStatus(routing.statusCode(), path));
        }
    }

    /** Of an unknown path: what is known anywhere. */
    private String allowed(String path) {
        Set<String> allowed = new TreeSet<>();
        methods.forEach((template, names) -> {
            if (path.matches(template.replaceAll(":\\w+", "[^/]+"))) {
                allowed.addAll(names);
            }
        });
        if (allowed.isEmpty()) {
            methods.values().forEach(allowed::addAll);
        }
        return String.join(", ", allowed);
    }

    private void fail(RoutingContext routing, Problem problem) {
        fail(routing.request(), problem);
    }

    private void fail(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (!response.headWritten() && !response.closed()) {
            int seconds = ProblemTable.retryAfterSeconds(problem.status());
            if (seconds > 0) {
                response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
            }
            response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
            answers.send(request, Buffer.buffer(Json.write(problem.at(request.path()))));
        }
    }
}

package io.leasehold.client;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.Json;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.RequestReader;
import io.leasehold.api.SubmitAnswer;
import io.leasehold.api.TaskReader;
import io.leasehold.api.TaskSpec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A coordinator of few words over a real socket: no journal, one queue, everything in memory. State on one event loop. */
final class TinyCoordinator implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private record Parked(HttpServerRequest request, int max) {}

    final Map<String, ReportRequest.Entry> reports = new ConcurrentHashMap<>();
    final Map<String, LeaseStatus> beats = new ConcurrentHashMap<>();
    final ConcurrentLinkedDeque<Integer> failNext = new ConcurrentLinkedDeque<>();
    final ConcurrentLinkedQueue<TaskSpec> submitted = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> traceparents = new ConcurrentLinkedQueue<>();
    final AtomicInteger pollsGivenUp = new AtomicInteger();
    final AtomicInteger parkedNow = new AtomicInteger();
    final AtomicInteger heartbeats = new AtomicInteger();
    volatile long leaseMs = 30_000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Deque<GrantedTask> ready = new ArrayDeque<>();
    private final List<Parked> parked = new ArrayList<>();
    private final TaskReader tasks = new TaskReader(1_000_000);
    private long fence;

    TinyCoordinator() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    void add(String id, String type, String payload, String traceparent) {
        byte[] json = payload == null ? NOTHING : payload.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        GrantedTask task = new GrantedTask(id, "q", type, 3, 99L, 5, json, traceparent);
        vertx.runOnContext(any -> {
            ready.add(task);
            serveParked();
        });
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void handle(HttpServerRequest request) {
        Integer failure = failNext.poll();
        if (failure != null) {
            request.response().setStatusCode(failure).end();
            return;
        }
        request.body().onSuccess(body -> {
            try {
                answer(request, body.getBytes());
            } catch (Exception e) {
                Problem problem = e instanceof io.leasehold.api.InvalidRequest invalid
                        ? Problem.of(invalid)
                        : Problem.of(ProblemCode.INTERNAL, e.toString());
                request.response().setStatusCode(problem.status()).end(Buffer.buffer(Json.write(problem)));
            }
        });
    }

    private void answer(HttpServerRequest request, byte[] body) throws Exception {
        switch (request.method().name() + " " + request.path()) {
            case "GET /v1/cluster" ->
                ok(
                        request,
                        Json.write(new ClusterView(
                                List.of(new ClusterView.Coordinator("c-1", url())),
                                new ClusterView.Ring("sha256-64", 128),
                                List.of(),
                                0,
                                true,
                                List.of(),
                                List.of())));
            case "POST /v1/poll" -> poll(request, RequestReader.poll(body));
            case "POST /v1/heartbeat" -> ok(request, Json.write(heartbeat(RequestReader.heartbeat(body))));
            case "POST /v1/report" -> ok(request, Json.write(report(RequestReader.report(body))));
            case "POST /v1/tasks" -> submit(request, body);
            case "DELETE /v1/tasks/done" -> fail(request, ProblemCode.TASK_ENDED);
            default -> fail(request, ProblemCode.UNKNOWN_TASK);
        }
    }

    private void submit(HttpServerRequest request, byte[] body) throws Exception {
        traceparents.add(String.valueOf(request.getHeader("traceparent")));
        if (!TaskReader.isArray(body)) {
            TaskSpec task = tasks.read(body);
            submitted.add(task);
            request.response().setStatusCode(201);
            ok(request, Json.write(SubmitAnswer.accepted(task.id(), 0, false)));
            return;
        }
        List<SubmitAnswer> answers = new ArrayList<>();
        for (TaskReader.Item item : tasks.readArray(body)) {
            submitted.add(item.task());
            answers.add(SubmitAnswer.accepted(item.task().id(), 0, false));
        }
        request.response().setStatusCode(201);
        ok(request, Json.write(answers));
    }

    private HeartbeatAnswer heartbeat(HeartbeatRequest request) {
        heartbeats.incrementAndGet();
        return new HeartbeatAnswer(request.leases().stream()
                .map(lease -> new HeartbeatAnswer.Entry(lease, beats.getOrDefault(lease, LeaseStatus.OK), leaseMs))
                .toList());
    }

    private ReportAnswer report(ReportRequest request) {
        request.reports().forEach(entry -> reports.put(entry.lease(), entry));
        return new ReportAnswer(request.reports().stream()
                .map(entry -> new ReportAnswer.Entry(entry.lease(), ReportStatus.OK))
                .toList());
    }

    private void poll(HttpServerRequest request, PollRequest poll) {
        Parked waiting = new Parked(request, poll.max());
        parked.add(waiting);
        parkedNow.incrementAndGet();
        request.response().closeHandler(any -> {
            if (parked.remove(waiting)) {
                parkedNow.decrementAndGet();
                pollsGivenUp.incrementAndGet();
            }
        });
        serveParked();
        if (parked.contains(waiting)) {
            vertx.setTimer(Math.max(1, poll.waitMs()), any -> {
                if (parked.remove(waiting)) {
                    parkedNow.decrementAndGet();
                    ok(request, PollAnswers.write(PollAnswer.EMPTY));
                }
            });
        }
    }

    private void serveParked() {
        while (!ready.isEmpty() && !parked.isEmpty()) {
            Parked waiting = parked.remove(0);
            parkedNow.decrementAndGet();
            List<Grant> grants = new ArrayList<>();
            while (!ready.isEmpty() && grants.size() < waiting.max) {
                GrantedTask task = ready.poll();
                grants.add(new Grant(task, "lease-" + task.id(), ++fence, 1, leaseMs, 0));
            }
            ok(waiting.request, PollAnswers.write(new PollAnswer(grants, null, null)));
        }
    }

    private static void ok(HttpServerRequest request, byte[] body) {
        request.response().putHeader("content-type", "application/json").end(Buffer.buffer(body));
    }

    private static void fail(HttpServerRequest request, ProblemCode code) {
        Problem problem = Problem.of(code, "as the test wants it");
        request.response().setStatusCode(code.status()).end(Buffer.buffer(Json.write(problem)));
    }
}

package io.leasehold.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Json;
import io.leasehold.api.PollRequest;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.Traceparent;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Forward;
import io.leasehold.server.forward.ForwardHeaders;
import io.leasehold.server.forward.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One request and its answer. For the event loop that the request came in on. */
final class Exchange {
    private static final long MAX_AGE_MS = TimeUnit.MINUTES.toMillis(10);

    private final RoutingContext routing;
    private final Context loop;
    private final Answers answers;
    private final long arrivedNanos;
    private final long ageOnArrivalMs;
    private final List<Runnable> whenGone = new ArrayList<>(2);
    private final List<Runnable> whenOver = new ArrayList<>(1);
    private boolean answered;
    private boolean gone;

    private Exchange(RoutingContext routing, Context loop, Answers answers, long arrivedNanos, long ageOnArrivalMs) {
        this.routing = routing;
        this.loop = loop;
        this.answers = answers;
        this.arrivedNanos = arrivedNanos;
        this.ageOnArrivalMs = ageOnArrivalMs;
        this.gone = routing.response().closed();
        routing.response().closeHandler(ignored -> closed());
    }

    /** @param arrivedNanos when the first byte of the request was seen, by {@link System#nanoTime} */
    static Exchange of(RoutingContext routing, Context loop, Answers answers, long arrivedNanos) throws InvalidRequest {
        return new Exchange(
                routing, loop, answers, arrivedNanos, ageOf(routing.request().getHeader(ForwardHeaders.AGE_MS)));
    }

    private static long ageOf(String header) throws InvalidRequest {
        if (header == null) {
            return 0;
        }
        try {
            long ageMs = Long.parseLong(header);
            if (ageMs >= 0 && ageMs <= MAX_AGE_MS) {
                return ageMs;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidRequest(ForwardHeaders.AGE_MS, header, "milliseconds, 0 to " + MAX_AGE_MS);
    }

    Context loop() {
        return loop;
    }

    byte[] body() {
        Buffer body = buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private Buffer buffer() {
        Body body = Body.of(routing);
        return body == null ? null : body.bytes();
    }

    /** The body has been read and is needed no more, though the answer may take a while. */
    void dropBody() {
        Body body = Body.of(routing);
        if (body != null) {
            body.drop();
        }
    }

    String pathParam(String name) {
        return routing.pathParam(name);
    }

    String queryParam(String name) {
        List<String> values = routing.queryParam(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The request's trace context, or null: of several, none can be told to be the right one. */
    String traceparent() {
        List<String> headers = routing.request().headers().getAll(Traceparent.HEADER);
        return headers.size() == 1 ? headers.get(0) : null;
    }

    /** Whether another coordinator forwarded it: then it ends here. */
    boolean isForwarded() {
        return routing.request().headers().contains(ForwardHeaders.FORWARDED);
    }

    /** Whether the client would rather be told the owner than have its request forwarded. */
    boolean refusesForward() {
        return "true".equalsIgnoreCase(routing.request().getHeader(ForwardHeaders.NO_FORWARD));
    }

    HttpConnection connection() {
        return routing.request().connection();
    }

    /** Whether the client, told that another coordinator has tasks for its poll, asks there itself. */
    boolean follows() {
        return "true".equalsIgnoreCase(routing.request().getHeader(PollRequest.FOLLOW));
    }

    /** How old the request is, the way through another coordinator included. */
    long ageMs() {
        return ageOnArrivalMs + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - arrivedNanos);
    }

    /** The same request for another coordinator, at a path that is made here and not taken from the client. */
    Forward forward(String path) {
        return forward(path, 0);
    }

    /** @param waitMs how long the answer may wait by the client's own wish */
    Forward forward(String path, long waitMs) {
        return new Forward(routing.request().method(), path, buffer(), traceparent(), ageMs(), waitMs);
    }

    /** Runs this when the client goes away before it is answered; at once if it has gone already. */
    void whenGone(Runnable action) {
        if (gone) {
            action.run();
        } else {
            whenGone.add(action);
        }
    }

    /** Whether nobody is there any more to be answered. */
    boolean isGone() {
        return gone;
    }

    private void closed() {
        dropBody();
        if (!answered) {
            gone = true;
            whenGone.forEach(Runnable::run);
        }
        whenGone.clear();
        over();
    }

    /** Runs this once it is answered, or its client has gone; at once if that is so. */
    void whenOver(Runnable action) {
        if (gone || answered) {
            action.run();
        } else {
            whenOver.add(action);
        }
    }

    private void over() {
        whenOver.forEach(Runnable::run);
        whenOver.clear();
    }

    void answer(int status, Object body) {
        answer(status, Json.write(body));
    }

    /** @return false if too much waits to be taken already: a problem was answered instead */
    boolean answer(int status, byte[] json) {
        return end(status, "application/json", null, Buffer.buffer(json));
    }

    /** Passes on what the owner answered. */
    void answer(Reply reply) {
        end(reply.status(), reply.contentType(), reply.retryAfter(), reply.body());
    }

    void fail(Throwable failure) {
        String owner = failure instanceof ProblemException known ? known.owner() : null;
        fail(ProblemTable.of(failure), owner, null);
    }

    /** @param id of the task that was submitted, if it is known, or null */
    void fail(Problem problem, String id) {
        fail(problem, null, id);
    }

    private void fail(Problem problem, String owner, String id) {
        ObjectNode body =
                Json.answers().valueToTree(problem.at(routing.request().path()));
        if (owner != null) {
            body.put("owner", owner);
            routing.response().putHeader(ForwardHeaders.OWNER, owner);
        }
        if (id != null) {
            body.put("id", id);
        }
        int seconds = ProblemTable.retryAfterSeconds(problem.status());
        String retryAfter = seconds == 0 ? null : Integer.toString(seconds);
        end(problem.status(), Problem.MEDIA_TYPE, retryAfter, Buffer.buffer(Json.write(body)));
    }

    /** The answer 421: ask that one. */
    static ProblemException askInstead(int shard, Member owner) {
        Problem problem = Problem.of(
                ProblemCode.NOT_OWNER, "shard " + shard + " is owned by " + owner.id() + " at " + owner.url());
        return new ProblemException(problem, owner.url());
    }

    private boolean end(int status, String contentType, String retryAfter, Buffer body) {
        HttpServerResponse response = routing.response();
        if (gone || answered || response.headWritten()) {
            return false;
        }
        answered = true;
        response.setStatusCode(status);
        if (contentType != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        }
        if (retryAfter != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        boolean sent = answers.send(routing.request(), body);
        dropBody();
        over();
        return sent;
    }

    /** Answers with the outcome: what is in the future, or why it failed. */
    <T> void answerWith(Future<T> outcome, Consumer<T> onSuccess) {
        outcome.onSuccess(value -> {
            try {
                onSuccess.accept(value);
            } catch (RuntimeException e) {
                fail(e);
            }
        });
        outcome.onFailure(this::fail);
    }
}

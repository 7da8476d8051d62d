package io.leasehold.server.http;

import io.leasehold.api.Json;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sends answers, and bounds what clients leave untaken: a client of HTTP/2 may ask for much on one connection and read
 * nothing of it. Each answer counts whole until its last byte has gone out. For one event loop.
 */
final class Answers {
    /** Smaller ones are sent whatever waits: they are bounded by the number of requests, and say what is wrong. */
    private static final int SMALL_BYTES = 16 << 10;

    /** What an answer takes beside its bytes. */
    private static final int ENVELOPE_BYTES = 1 << 10;

    /** So much must be taken at a time for the client to count as one that reads. */
    private static final int PART_BYTES = 64 << 10;

    private static final long LOOK_MS = 500;

    /** While less than a quarter of the budget is left, answers that nothing was taken of for this time give way to others. */
    private static final long TIGHT_STALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int TIGHT_PART = 4;
    private static final long CANCEL = 0x8;
    private static final long REFUSED_STREAM = 0x7;

    private final Callers callers;
    private final RequestMeters meters;
    private final ByteBudget budget;
    private final long perConnection;
    private final long stallNanos;
    private final Set<Unsent> unsent = new LinkedHashSet<>();

    Answers(Vertx vertx, Callers callers, EdgeState state, EdgeBudgets budgets) {
        this.callers = callers;
        this.meters = state.meters();
        this.budget = state.answers();
        this.perConnection = budgets.unsentConnectionBytes();
        this.stallNanos = TimeUnit.MILLISECONDS.toNanos(budgets.stallMs());
        vertx.setPeriodic(LOOK_MS, ignored -> lookForStalled());
    }

    /**
     * Refuses a request if answers that wait already are as many as may; of HTTP/2, without a word, for that would wait too.
     * One whose client has taken all earlier answers goes on all the same: others' untaken answers are not its fault, and a
     * small answer to each connection is little.
     *
     * @return null if it may go on, or has been refused; else what to refuse it with
     */
    Denial admit(HttpServerRequest request) {
        Caller caller = callers.of(request.connection());
        if (caller.unsent() == 0 || fits(caller, ENVELOPE_BYTES)) {
            return null;
        }
        Problem problem =
                Problem.of(ProblemCode.BUSY, "this coordinator: too many answers wait to be taken; nothing was done");
        return new Denial(EdgeRefusal.ANSWERS, problem, true);
    }

    /** One answer fits however large it is, if it is the only one: clients could never get it otherwise. */
    private boolean fits(Caller caller, long bytes) {
        boolean fitsConnection = caller.isExempt() || caller.unsent() == 0 || caller.unsent() + bytes <= perConnection;
        return fitsConnection && budget.has(bytes);
    }

    /** Ends a stream of HTTP/2 as one that was not looked at, which clients may open again. */
    static void refuse(HttpServerRequest request) {
        request.response().reset(REFUSED_STREAM);
    }

    /**
     * The status and the headers are set.
     *
     * @return whether the answer goes out; if not, a problem does instead, for too much waits to be taken already
     */
    boolean send(HttpServerRequest request, Buffer body) {
        Caller caller = callers.of(request.connection());
        if (body.length() <= SMALL_BYTES || fits(caller, body.length() + (long) ENVELOPE_BYTES)) {
            write(caller, request, body);
            return true;
        }
        meters.refused(EdgeRefusal.ANSWERS);
        write(caller, request, instead(request));
        return false;
    }

    private static Buffer instead(HttpServerRequest request) {
        boolean changesNothing = request.method() == HttpMethod.GET;
        Problem problem = Problem.of(
                changesNothing ? ProblemCode.BUSY : ProblemCode.OUTCOME_UNKNOWN,
                "the answer was dropped: too many others wait to be taken; repeat the request");
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(ProblemTable.retryAfterSeconds(problem.status())));
        return Buffer.buffer(Json.write(problem.at(request.path())));
    }

    private void write(Caller caller, HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        if (body.length() <= PART_BYTES) {
            Future<Void> sent = response.end(body);
            if (!sent.isComplete()) {
                Unsent waiting = new Unsent(caller, request, body.length());
                sent.onComplete(ignored -> waiting.done());
            }
            return;
        }
        // The end follows once all has gone out: a stream that was ended cannot be reset.
        Unsent waiting = new Unsent(caller, request, body.length());
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        Future<Void> last = Future.succeededFuture();
        for (int from = 0; from < body.length(); from += PART_BYTES) {
            last = response.write(body.slice(from, Math.min(body.length(), from + PART_BYTES)));
            last.onSuccess(ignored -> waiting.goesOn());
        }
        last.onComplete(ignored -> waiting.done()).onSuccess(ignored -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }

    private void lookForStalled() {
        long now = System.nanoTime();
        boolean isTight = !budget.has(budget.limit() / TIGHT_PART);
        long patience = isTight ? Math.min(stallNanos, TIGHT_STALL_NANOS) : stallNanos;
        List<Unsent> stalled = new ArrayList<>();
        for (Unsent waiting : unsent) {
            if (now - waiting.movedNanos > patience) {
                stalled.add(waiting);
            }
        }
        stalled.forEach(Unsent::giveUp);
    }

    private final class Unsent {
        private final Caller caller;
        private final HttpServerRequest request;
        private final long bytes;
        private long movedNanos = System.nanoTime();

        Unsent(Caller caller, HttpServerRequest request, long length) {
            this.caller = caller;
            this.request = request;
            this.bytes = length + ENVELOPE_BYTES;
            budget.force(bytes);
            caller.unsent(bytes);
            unsent.add(this);
        }

        void goesOn() {
            movedNanos = System.nanoTime();
        }

        void done() {
            if (unsent.remove(this)) {
                budget.give(bytes);
                caller.unsent(-bytes);
            }
        }

        /** Only a stream that has not been ended can be given up alone. */
        void giveUp() {
            meters.refused(EdgeRefusal.STALLED);
            if (request.version() == HttpVersion.HTTP_2 && !request.response().ended()) {
                request.response().reset(CANCEL);
            } else {
                request.connection().close();
            }
            done();
        }
    }
}

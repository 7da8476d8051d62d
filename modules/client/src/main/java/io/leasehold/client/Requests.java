package io.leasehold.client;

import io.leasehold.api.ClusterView;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.Json;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.Problem;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.Routes;
import io.leasehold.client.logic.Action;
import io.leasehold.client.logic.Failure;
import io.leasehold.client.logic.WorkerLogic;
import io.leasehold.client.transport.Transport;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the logic's wishes into requests, and their answers into what the logic understands. */
final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseholdWorker.class);
    private static final Map<String, String> FOLLOWS = Map.of(PollRequest.FOLLOW, "true");
    private static final long COMPLAIN_EVERY_MS = 30_000;

    private final WorkerLogic logic;
    private long complainedMs = Long.MIN_VALUE / 2;

    Requests(WorkerLogic logic) {
        this.logic = logic;
    }

    /** Reads an answer into the logic. */
    private interface Reader {
        List<Action> read(byte[] body, long nowMs);
    }

    /** A request under way. */
    record Wish(long ticket, Transport.Request request, Reader reader) {}

    Wish poll(Action.SendPoll poll) {
        return new Wish(
                poll.ticket(),
                new Transport.Request(
                        "POST", poll.url(), Routes.POLL, Json.write(poll.body()), FOLLOWS, poll.timeoutMs()),
                (body, nowMs) -> logic.onPoll(poll.ticket(), PollAnswers.read(body), nowMs));
    }

    Wish heartbeat(Action.SendHeartbeat beat) {
        return new Wish(
                beat.ticket(),
                Transport.Request.post(beat.url(), Routes.HEARTBEAT, Json.write(beat.body()), beat.timeoutMs()),
                (body, nowMs) -> {
                    HeartbeatAnswer answer = Json.readAnswer(body, HeartbeatAnswer.class);
                    return logic.onHeartbeat(beat.ticket(), required(answer, answer.leases()), nowMs);
                });
    }

    Wish report(Action.SendReport report) {
        return new Wish(
                report.ticket(),
                Transport.Request.post(report.url(), Routes.REPORT, Json.write(report.body()), report.timeoutMs()),
                (body, nowMs) -> {
                    ReportAnswer answer = Json.readAnswer(body, ReportAnswer.class);
                    return logic.onReport(report.ticket(), required(answer, answer.reports()), nowMs);
                });
    }

    Wish cluster(Action.AskCluster ask) {
        return new Wish(
                ask.ticket(), Transport.Request.get(ask.url(), Routes.CLUSTER, ask.timeoutMs()), (body, nowMs) -> {
                    ClusterView view = Json.readAnswer(body, ClusterView.class);
                    return logic.onCluster(
                            ask.ticket(), required(view, view.coordinators()).coordinators(), nowMs);
                });
    }

    /** What the logic makes of how a request ended; exactly one of answer and error is set. */
    List<Action> ended(Wish wish, Transport.Answer answer, Throwable error, long nowMs) {
        if (error != null) {
            LOG.debug("{}{}: {}", wish.request.base(), wish.request.path(), error.toString());
            return logic.onFailed(wish.ticket, Failure.NO_ANSWER, nowMs);
        }
        if (answer.status() == 200) {
            try {
                return wish.reader.read(answer.body(), nowMs);
            } catch (UncheckedIOException e) {
                complain(wish, "an answer that cannot be read: " + e.getCause().getMessage(), nowMs);
                return logic.onFailed(wish.ticket, Failure.NO_ANSWER, nowMs);
            }
        }
        if (answer.status() < 500 && answer.status() != 429) {
            complain(wish, "status " + answer.status() + ": " + detailOf(answer), nowMs);
        }
        return logic.onFailed(wish.ticket, new Failure(answer.status(), answer.retryAfterMs()), nowMs);
    }

    static String detailOf(Transport.Answer answer) {
        try {
            Problem problem = Json.readAnswer(answer.body(), Problem.class);
            return problem.detail() == null ? problem.title() : problem.detail();
        } catch (UncheckedIOException e) {
            return "no description";
        }
    }

    private void complain(Wish wish, String what, long nowMs) {
        if (nowMs - complainedMs >= COMPLAIN_EVERY_MS) {
            complainedMs = nowMs;
            LOG.warn("{}{} gave {}", wish.request.base(), wish.request.path(), what);
        }
    }

    private static <T> T required(T answer, List<?> entries) {
        if (entries == null || entries.contains(null)) {
            throw new UncheckedIOException(new java.io.IOException("a list of entries is missing"));
        }
        return answer;
    }
}

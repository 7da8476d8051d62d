package io.leasehold.chaos.load;

import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.Json;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.Routes;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.transport.Transport;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A worker's transport that writes down what the worker asks and is told: a report before it leaves, an answer before the
 * worker hears of it. Once {@link #fallSilent} was called nothing leaves and nothing arrives, as if the worker's process
 * had died. Safe for any thread.
 */
final class RecordingTransport implements Transport {
    private static final int POLLS_REMEMBERED = 64;

    private final Transport transport;
    private final String worker;
    private final HistoryWriter history;
    private final Map<String, Long> firstSent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > POLLS_REMEMBERED;
        }
    };
    private volatile boolean silent;

    /** @param transport shared with others, so that it is not closed with this one */
    RecordingTransport(Transport transport, String worker, HistoryWriter history) {
        this.transport = transport;
        this.worker = worker;
        this.history = history;
    }

    /** From now on. */
    void fallSilent() {
        silent = true;
    }

    @Override
    public CompletableFuture<Answer> send(Request request) {
        CompletableFuture<Answer> told = new CompletableFuture<>();
        if (silent) {
            told.completeExceptionally(new IllegalStateException("the worker has fallen silent"));
            return told;
        }
        long sentNs = System.nanoTime();
        leaving(request, sentNs);
        CompletableFuture<Answer> answer = transport.send(request);
        answer.whenComplete((got, error) -> {
            if (silent) {
                told.completeExceptionally(new IllegalStateException("the worker has fallen silent"));
            } else if (error != null) {
                unanswered(request, sentNs);
                told.completeExceptionally(error);
            } else {
                arrived(request, got, sentNs);
                told.complete(got);
            }
        });
        told.whenComplete((any, error) -> {
            if (told.isCancelled()) {
                answer.cancel(true);
            }
        });
        return told;
    }

    @Override
    public void close() {
        silent = true;
    }

    private void leaving(Request request, long sentNs) {
        if (request.path().equals(Routes.REPORT)) {
            for (ReportRequest.Entry entry :
                    Json.readAnswer(request.body(), ReportRequest.class).reports()) {
                history.write(new Event.Reporting(
                        entry.lease(),
                        entry.outcome().name().toLowerCase(Locale.ROOT),
                        !Boolean.FALSE.equals(entry.retryable()),
                        entry.retryAfterMs(),
                        entry.result() == null ? null : entry.result().toString(),
                        sentNs));
            }
        } else if (request.path().equals(Routes.POLL)) {
            String pollId = pollId(request);
            synchronized (firstSent) {
                if (pollId != null) {
                    firstSent.putIfAbsent(pollId, sentNs);
                }
            }
        }
    }

    /** An answer that cannot be read tells the worker nothing. */
    private void arrived(Request request, Answer answer, long sentNs) {
        if (answer.status() != 200) {
            unanswered(request, sentNs);
            return;
        }
        try {
            switch (request.path()) {
                case Routes.POLL -> granted(request, answer, sentNs);
                case Routes.HEARTBEAT -> beaten(answer, sentNs);
                case Routes.REPORT -> reported(answer);
                default -> {}
            }
        } catch (UncheckedIOException e) {
            // the worker cannot read it either
        }
    }

    private void granted(Request request, Answer answer, long sentNs) {
        long gotNs = System.nanoTime();
        long gotMs = System.currentTimeMillis();
        long first;
        synchronized (firstSent) {
            first = firstSent.getOrDefault(pollId(request), sentNs);
        }
        for (Grant grant : PollAnswers.read(answer.body()).leases()) {
            history.write(new Event.Granted(
                    worker,
                    grant.task().id(),
                    grant.lease(),
                    grant.fence(),
                    grant.attempt(),
                    grant.leaseMs(),
                    grant.decidedAfterMs(),
                    first,
                    gotNs,
                    gotMs));
        }
    }

    private void beaten(Answer answer, long sentNs) {
        long gotNs = System.nanoTime();
        for (HeartbeatAnswer.Entry entry :
                Json.readAnswer(answer.body(), HeartbeatAnswer.class).leases()) {
            long leaseMs = entry.leaseMs() == null ? 0 : entry.leaseMs();
            history.write(new Event.Beat(entry.lease(), word(entry.status()), leaseMs, sentNs, gotNs));
        }
    }

    private void unanswered(Request request, long sentNs) {
        if (request.path().equals(Routes.HEARTBEAT)) {
            long gotNs = System.nanoTime();
            for (String lease :
                    Json.readAnswer(request.body(), HeartbeatRequest.class).leases()) {
                history.write(new Event.Beat(lease, "unanswered", 0, sentNs, gotNs));
            }
        }
    }

    private void reported(Answer answer) {
        long gotNs = System.nanoTime();
        for (ReportAnswer.Entry entry :
                Json.readAnswer(answer.body(), ReportAnswer.class).reports()) {
            history.write(new Event.Reported(entry.lease(), word(entry.status()), gotNs));
        }
    }

    /** Null for a poll that is not meant to be repeated. */
    private static String pollId(Request request) {
        return Json.readAnswer(request.body(), PollRequest.class).pollId();
    }

    private static String word(Enum<?> status) {
        return status == null ? "retry" : status.name().toLowerCase(Locale.ROOT);
    }
}

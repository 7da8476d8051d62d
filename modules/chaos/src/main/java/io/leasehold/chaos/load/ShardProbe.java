package io.leasehold.chaos.load;

import io.leasehold.api.Grant;
import io.leasehold.api.InvalidTask;
import io.leasehold.api.Json;
import io.leasehold.api.Outcome;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Routes;
import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.transport.Transport;
import io.leasehold.core.task.Home;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Asks one shard for grants all the time: submits tiny tasks that have their home there, to one coordinator after the
 * other, and polls all of them at once. Nothing it does waits for a coordinator that does not answer.
 */
final class ShardProbe {
    private static final long SUBMIT_EVERY_MS = 300;
    private static final long PAUSE_MS = 100;
    private static final long WAIT_MS = 1_000;
    private static final long TIMEOUT_MS = 3_000;
    private static final int REPORTED_TIMES = 10;
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int MAX_TASK_BYTES = 10_000;
    private static final int MOST = 10;
    private static final int MAX_ATTEMPTS = 100;

    private final int shard;
    private final int shards;
    private final List<String> urls;
    private final Transport transport;
    private final HistoryWriter history;
    private final ScheduledExecutorService clock;
    private final LongConsumer accepted;
    private final LongConsumer granted;
    private volatile boolean submitting = true;
    private volatile boolean polling = true;
    private long count;
    private long name;

    /**
     * @param accepted told when each submission's acceptance arrived, on {@link System#nanoTime()}
     * @param granted told when each grant arrived, likewise
     */
    ShardProbe(
            int shard,
            int shards,
            List<String> urls,
            Transport transport,
            HistoryWriter history,
            ScheduledExecutorService clock,
            LongConsumer accepted,
            LongConsumer granted) {
        this.shard = shard;
        this.shards = shards;
        this.urls = urls;
        this.transport = transport;
        this.history = history;
        this.clock = clock;
        this.accepted = accepted;
        this.granted = granted;
    }

    void start() {
        clock.scheduleAtFixedRate(this::submit, 0, SUBMIT_EVERY_MS, TimeUnit.MILLISECONDS);
        for (String url : urls) {
            String worker = "probe-" + shard + "-" + urls.indexOf(url);
            poll(url, worker, new RecordingTransport(transport, worker, history));
        }
    }

    void stopSubmitting() {
        submitting = false;
    }

    void stop() {
        submitting = false;
        polling = false;
    }

    private void submit() {
        if (!submitting) {
            return;
        }
        String id = nextId();
        long sentNs = System.nanoTime();
        history.write(
                new Event.Submitting(id, "http", sentNs, System.currentTimeMillis(), null, null, MAX_ATTEMPTS, 1));
        TaskRequest task = Task.of(queue(), 1)
                .id(id)
                .maxAttempts(MAX_ATTEMPTS)
                .lease(LEASE)
                .backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1));
        String url = urls.get((int) (count++ % urls.size()));
        transport
                .send(Transport.Request.post(url, Routes.TASKS, json(task), TIMEOUT_MS))
                .thenAccept(answer -> {
                    if (answer.status() == 201) {
                        long gotNs = System.nanoTime();
                        accepted.accept(gotNs);
                        history.write(new Event.Acknowledged(id, "http", false, sentNs, gotNs));
                    }
                });
    }

    private void poll(String url, String worker, Transport recorded) {
        if (!polling) {
            return;
        }
        PollRequest poll = new PollRequest(worker, List.of(queue()), MOST, WAIT_MS, null, null, null);
        recorded.send(Transport.Request.post(url, Routes.POLL, Json.write(poll), TIMEOUT_MS))
                .whenComplete((answer, error) -> {
                    if (error == null && answer.status() == 200) {
                        take(url, worker, recorded, answer);
                        poll(url, worker, recorded);
                    } else if (polling) {
                        clock.schedule(() -> poll(url, worker, recorded), PAUSE_MS, TimeUnit.MILLISECONDS);
                    }
                });
    }

    private void take(String url, String worker, Transport recorded, Transport.Answer answer) {
        try {
            List<ReportRequest.Entry> reports = PollAnswers.read(answer.body()).leases().stream()
                    .map(ShardProbe::done)
                    .toList();
            if (!reports.isEmpty()) {
                granted.accept(System.nanoTime());
                report(url, worker, recorded, reports, REPORTED_TIMES);
            }
        } catch (UncheckedIOException e) {
            // an answer that was cut off: as if there had been none
        }
    }

    /** Again while there is no verdict, at one coordinator after the other. */
    private void report(String url, String worker, Transport recorded, List<ReportRequest.Entry> reports, int times) {
        byte[] body = Json.write(new ReportRequest(worker, reports));
        recorded.send(Transport.Request.post(url, Routes.REPORT, body, TIMEOUT_MS))
                .whenComplete((answer, error) -> {
                    boolean verdict = error == null && answer.status() == 200 && isVerdict(answer);
                    if (!verdict && times > 1 && polling) {
                        String next = urls.get((urls.indexOf(url) + 1) % urls.size());
                        clock.schedule(
                                () -> report(next, worker, recorded, reports, times - 1),
                                PAUSE_MS,
                                TimeUnit.MILLISECONDS);
                    }
                });
    }

    private static boolean isVerdict(Transport.Answer answer) {
        return Json.readAnswer(answer.body(), ReportAnswer.class).reports().stream()
                .noneMatch(entry -> entry.status() == ReportStatus.RETRY);
    }

    private static ReportRequest.Entry done(Grant grant) {
        return new ReportRequest.Entry(grant.lease(), Outcome.SUCCESS, null, null, null, null);
    }

    private String queue() {
        return "probe-" + shard;
    }

    private String nextId() {
        String id;
        do {
            id = "p" + shard + "-" + ++name;
        } while (Home.of(id, shards) != shard);
        return id;
    }

    private static byte[] json(TaskRequest task) {
        try {
            return task.toJson(PayloadCodec.jackson(), MAX_TASK_BYTES);
        } catch (InvalidTask e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.leasehold.cli.bench;

import io.leasehold.api.Grant;
import io.leasehold.api.Json;
import io.leasehold.api.Outcome;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A worker on a thread of its own that completes whatever it gets, a batch at a time. */
final class SoakDrain implements Runnable {
    private static final int BATCH = 500;
    private static final long WAIT_MS = 1_000;

    private final String worker;
    private final List<String> queues;
    private final Coordinator coordinator;
    private final AtomicLong completed;
    private final BooleanSupplier over;

    SoakDrain(String worker, String queue, URI url, AtomicLong completed, BooleanSupplier over) {
        this.worker = worker;
        this.queues = List.of(queue);
        this.coordinator = Coordinator.at(url, Duration.ofSeconds(30));
        this.completed = completed;
        this.over = over;
    }

    @Override
    public void run() {
        while (!over.getAsBoolean()) {
            PollRequest poll = new PollRequest(worker, queues, BATCH, WAIT_MS, null, null, null);
            List<Grant> grants = PollAnswers.read(coordinator.post(Routes.POLL, Json.write(poll)))
                    .leases();
            if (!grants.isEmpty()) {
                List<ReportRequest.Entry> done =
                        grants.stream().map(SoakDrain::done).toList();
                coordinator.post(Routes.REPORT, Json.write(new ReportRequest(worker, done)));
                completed.addAndGet(done.size());
            }
        }
    }

    private static ReportRequest.Entry done(Grant grant) {
        return new ReportRequest.Entry(grant.lease(), Outcome.SUCCESS, RawJson.of("1"), null, null, null);
    }
}

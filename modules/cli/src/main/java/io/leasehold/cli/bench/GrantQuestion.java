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
import java.util.List;

/** A task of one shard, which is reported as done at once. */
final class GrantQuestion implements Probe.Question {
    private final String worker;
    private final List<String> queues;

    GrantQuestion(int shard) {
        this.worker = "probe-" + shard;
        this.queues = List.of(QueuedTasks.queueOf(shard));
    }

    @Override
    public boolean ask(Coordinator coordinator) {
        PollRequest poll = new PollRequest(worker, queues, 1, 0L, null, null, null);
        List<Grant> grants = PollAnswers.read(coordinator.post(Routes.POLL, Json.write(poll)))
                .leases();
        if (grants.isEmpty()) {
            return false;
        }
        ReportRequest.Entry done =
                new ReportRequest.Entry(grants.get(0).lease(), Outcome.SUCCESS, RawJson.of("1"), null, null, null);
        coordinator.postForAnswer(Routes.REPORT, Json.write(new ReportRequest(worker, List.of(done))));
        return true;
    }
}

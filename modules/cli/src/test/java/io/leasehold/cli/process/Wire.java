package io.leasehold.cli.process;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.InvalidTask;
import io.leasehold.api.Json;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.Outcome;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Routes;
import io.leasehold.api.TaskRequest;
import io.leasehold.api.TaskView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** Speaks to one coordinator as the HTTP interface is written, without the SDK's patience. Not thread-safe. */
final class Wire {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_TASK_BYTES = 100_000;

    private final Coordinator coordinator;

    private Wire(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    static Wire to(CoordinatorChild child) {
        return to(child.url());
    }

    static Wire to(URI url) {
        return new Wire(Coordinator.at(url, TIMEOUT));
    }

    /** Whether the task was acknowledged. */
    boolean submit(TaskRequest task) {
        try {
            return coordinator
                                    .postForAnswer(Routes.TASKS, task.toJson(PayloadCodec.jackson(), MAX_TASK_BYTES))
                                    .statusCode()
                            / 100
                    == 2;
        } catch (InvalidTask e) {
            throw new IllegalArgumentException(e);
        } catch (Failure e) {
            return false;
        }
    }

    List<Grant> poll(String worker, String queue, int max, long waitMs) {
        PollRequest poll = new PollRequest(worker, List.of(queue), max, waitMs, null, null, null);
        return PollAnswers.read(coordinator.post(Routes.POLL, Json.write(poll))).leases();
    }

    ReportStatus succeed(String worker, String lease, String result) {
        return report(worker, new ReportRequest.Entry(lease, Outcome.SUCCESS, RawJson.of(result), null, null, null));
    }

    ReportStatus fail(String worker, String lease, String error) {
        return report(worker, new ReportRequest.Entry(lease, Outcome.FAILURE, null, error, null, null));
    }

    LeaseStatus heartbeat(String worker, String lease) {
        HeartbeatRequest beat = new HeartbeatRequest(worker, List.of(lease));
        return Json.readAnswer(coordinator.post(Routes.HEARTBEAT, Json.write(beat)), HeartbeatAnswer.class)
                .leases()
                .get(0)
                .status();
    }

    TaskView get(String id) {
        return Json.readAnswer(coordinator.get(Routes.task(id)), TaskView.class);
    }

    /** As {@link #get}, asked again while the shard is moving: 503 says that nothing is known, which is never false. */
    TaskView getPatiently(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(Failure.class)
                .until(() -> get(id), Objects::nonNull);
    }

    HttpResponse<byte[]> getForAnswer(String id) {
        return coordinator.getForAnswer(Routes.task(id));
    }

    void cancel(String id) {
        coordinator.delete(Routes.task(id));
    }

    ClusterView cluster() {
        return Json.readAnswer(coordinator.get(Routes.CLUSTER), ClusterView.class);
    }

    private ReportStatus report(String worker, ReportRequest.Entry entry) {
        ReportRequest report = new ReportRequest(worker, List.of(entry));
        return Json.readAnswer(coordinator.post(Routes.REPORT, Json.write(report)), ReportAnswer.class)
                .reports()
                .get(0)
                .status();
    }
}

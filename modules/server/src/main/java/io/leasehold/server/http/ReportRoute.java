package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Json;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportAnswer.Entry;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.RequestReader;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.core.decide.Report;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;

/** {@code POST /v1/report}: each report goes to its shard's owner; without an answer in time it is {@code retry}. */
final class ReportRoute {
    private static final byte[] NO_RESULT = {};

    private final Loop loop;

    ReportRoute(Loop loop) {
        this.loop = loop;
    }

    void handle(Exchange exchange) throws InvalidRequest {
        ReportRequest request = RequestReader.report(exchange.body());
        List<Lease<ReportRequest.Entry>> leases =
                Lease.open(request.reports(), "reports[0].lease", ReportRequest.Entry::lease, loop.tokens());
        Future<List<Entry>> asked = new Batch<>(
                        exchange,
                        loop.whereabouts(),
                        new Words(exchange, request.worker()),
                        leases,
                        Batch.Patience.OF_REPORTS)
                .ask();
        exchange.answerWith(asked, entries -> exchange.answer(200, new ReportAnswer(entries)));
    }

    private static LeaseReport reportOf(Lease<ReportRequest.Entry> lease) {
        ReportRequest.Entry entry = lease.entry();
        Report.Outcome outcome = switch (entry.outcome()) {
            case SUCCESS -> Report.Outcome.SUCCESS;
            case FAILURE -> Report.Outcome.FAILURE;
            case RELEASE -> Report.Outcome.RELEASE;
        };
        Report report = new Report(
                outcome,
                entry.result() == null ? NO_RESULT : entry.result().utf8(),
                entry.error(),
                entry.retryable() == null || entry.retryable(),
                entry.retryAfterMs() == null ? -1 : entry.retryAfterMs());
        return new LeaseReport(lease.opened().fence(), report);
    }

    private static ReportStatus statusOf(Report.Answer answer) {
        return switch (answer) {
            case OK -> ReportStatus.OK;
            case LOST -> ReportStatus.LOST;
            case ENDED -> ReportStatus.ENDED;
        };
    }

    private final class Words implements Batch.Words<Lease<ReportRequest.Entry>, Entry> {
        private final Exchange exchange;
        private final String worker;

        Words(Exchange exchange, String worker) {
            this.exchange = exchange;
            this.worker = worker;
        }

        @Override
        public int shardOf(Lease<ReportRequest.Entry> lease) {
            return lease.shard();
        }

        @Override
        public Future<List<Entry>> here(int shard, List<Lease<ReportRequest.Entry>> leases) {
            if (shard < 0) {
                return Future.succeededFuture(leases.stream()
                        .map(lease -> new Entry(
                                lease.entry().lease(), lease.isOfUnknownKey() ? ReportStatus.RETRY : ReportStatus.LOST))
                        .toList());
            }
            List<LeaseReport> reports =
                    leases.stream().map(ReportRoute::reportOf).toList();
            return loop.<List<Report.Answer>>ask(shard, (desk, answer) -> desk.report(shard, reports, answer))
                    .map(answers -> IntStream.range(0, leases.size())
                            .mapToObj(i -> new Entry(leases.get(i).entry().lease(), statusOf(answers.get(i))))
                            .toList());
        }

        @Override
        public Future<List<Entry>> elsewhere(Member owner, List<Lease<ReportRequest.Entry>> leases) {
            byte[] body = Json.write(
                    new ReportRequest(worker, leases.stream().map(Lease::entry).toList()));
            Forward forward = Forward.post(Routes.REPORT, body, null);
            return loop.ask(exchange, owner, forward, ReportAnswer.class).map(ReportAnswer::reports);
        }

        @Override
        public Entry unanswered(Lease<ReportRequest.Entry> lease, Throwable why) {
            return new Entry(lease.entry().lease(), ReportStatus.RETRY);
        }
    }
}

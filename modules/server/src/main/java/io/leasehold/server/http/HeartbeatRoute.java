package io.leasehold.server.http;

import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatAnswer.Entry;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Json;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.RequestReader;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** {@code POST /v1/heartbeat}: each lease is asked of its shard's owner; without an answer in time it is {@code retry}. */
final class HeartbeatRoute {
    private final Loop loop;

    HeartbeatRoute(Loop loop) {
        this.loop = loop;
    }

    void handle(Exchange exchange) throws InvalidRequest {
        HeartbeatRequest request = RequestReader.heartbeat(exchange.body());
        List<Lease<String>> leases = Lease.open(request.leases(), "leases[0]", Function.identity(), loop.tokens());
        Future<List<Entry>> asked = new Batch<>(
                        exchange,
                        loop.whereabouts(),
                        new Words(exchange, request.worker()),
                        leases,
                        Batch.Patience.OF_HEARTBEATS)
                .ask();
        exchange.answerWith(asked, entries -> exchange.answer(200, new HeartbeatAnswer(entries)));
    }

    private final class Words implements Batch.Words<Lease<String>, Entry> {
        private final Exchange exchange;
        private final String worker;

        Words(Exchange exchange, String worker) {
            this.exchange = exchange;
            this.worker = worker;
        }

        @Override
        public int shardOf(Lease<String> lease) {
            return lease.shard();
        }

        @Override
        public Future<List<Entry>> here(int shard, List<Lease<String>> leases) {
            if (shard < 0) {
                return Future.succeededFuture(leases.stream()
                        .map(lease -> new Entry(
                                lease.entry(), lease.isOfUnknownKey() ? LeaseStatus.RETRY : LeaseStatus.LOST, null))
                        .toList());
            }
            List<Long> fences =
                    leases.stream().map(lease -> lease.opened().fence()).toList();
            return loop.<List<Heartbeat>>ask(shard, (desk, answer) -> desk.heartbeat(shard, fences, answer))
                    .map(beats -> IntStream.range(0, leases.size())
                            .mapToObj(i -> entry(leases.get(i), beats.get(i)))
                            .toList());
        }

        @Override
        public Future<List<Entry>> elsewhere(Member owner, List<Lease<String>> leases) {
            byte[] body = Json.write(new HeartbeatRequest(
                    worker, leases.stream().map(Lease::entry).toList()));
            Forward forward = Forward.post(Routes.HEARTBEAT, body, null);
            return loop.ask(exchange, owner, forward, HeartbeatAnswer.class).map(HeartbeatAnswer::leases);
        }

        @Override
        public Entry unanswered(Lease<String> lease, Throwable why) {
            return new Entry(lease.entry(), LeaseStatus.RETRY, null);
        }

        private static Entry entry(Lease<String> lease, Heartbeat beat) {
            return switch (beat.status()) {
                case OK -> new Entry(lease.entry(), LeaseStatus.OK, beat.leaseMs());
                case LOST -> new Entry(lease.entry(), LeaseStatus.LOST, null);
                case CANCELLED -> new Entry(lease.entry(), LeaseStatus.CANCELLED, null);
                case RETRY -> new Entry(lease.entry(), LeaseStatus.RETRY, null);
            };
        }
    }
}

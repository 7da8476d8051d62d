package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Limits;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.RedriveAnswer;
import io.leasehold.api.RedriveRequest;
import io.leasehold.api.RequestReader;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.server.forward.Forward;
import io.leasehold.server.forward.Whereabouts.Split;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** {@code POST /v1/dead/redrive}: by id, each at its home; or by queue, owner after owner until the limit is reached. */
final class RedriveRoute {
    private static final RedriveAnswer NOTHING = new RedriveAnswer(0, 0, List.of());

    private final Loop loop;

    RedriveRoute(Loop loop) {
        this.loop = loop;
    }

    void handle(Exchange exchange) throws InvalidRequest {
        RedriveRequest request = RequestReader.redrive(exchange.body());
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        Future<RedriveAnswer> answer = request.ids() == null
                ? byQueue(exchange, shards, request)
                : byId(exchange, shards, request.ids().stream().distinct().toList());
        exchange.answerWith(answer, value -> exchange.answer(200, value));
    }

    /** An id may be at any of the homes it has had: each is asked, and where it is not known nothing happens. */
    private Future<RedriveAnswer> byId(Exchange exchange, List<Integer> shards, List<String> ids) {
        Map<Integer, List<String>> byHome = new TreeMap<>();
        for (String id : ids) {
            for (int home : loop.whereabouts().homesOf(id)) {
                if (shards.contains(home)) {
                    byHome.computeIfAbsent(home, shard -> new ArrayList<>()).add(id);
                }
            }
        }
        return FanOut.<RedriveAnswer>over(
                        loop,
                        exchange,
                        byHome.keySet(),
                        shard -> here(shard, new Redrive(byHome.get(shard), null, ids.size())),
                        (owner, theirs) -> {
                            List<String> theirIds = theirs.stream()
                                    .map(byHome::get)
                                    .flatMap(Collection::stream)
                                    .distinct()
                                    .toList();
                            byte[] body = Json.write(new RedriveRequest(theirIds, null, null));
                            String uri = Routes.REDRIVE + "?shards=" + Query.listOf(theirs);
                            return loop.ask(exchange, owner, Forward.post(uri, body, null), RedriveAnswer.class);
                        })
                .map(gathered -> {
                    RedriveAnswer all = gathered.parts().stream()
                            .reduce(new RedriveAnswer(0, 0, gathered.missing()), RedriveRoute::sum);
                    return new RedriveAnswer(all.redriven(), notDead(ids, all), all.incomplete());
                });
    }

    /** Of those whose homes have all answered. */
    private int notDead(List<String> ids, RedriveAnswer all) {
        long answered = ids.stream()
                .filter(id -> Collections.disjoint(loop.whereabouts().homesOf(id), all.incomplete()))
                .count();
        return (int) Math.max(0, answered - all.redriven());
    }

    private Future<RedriveAnswer> byQueue(Exchange exchange, List<Integer> shards, RedriveRequest request) {
        Split split = loop.whereabouts().split(shards);
        int limit = request.limit() == null ? Limits.MAX_REDRIVE : request.limit();
        Future<RedriveAnswer> sum = Future.succeededFuture(new RedriveAnswer(0, 0, split.nowhere()));
        for (int shard : split.here()) {
            sum = then(sum, limit, List.of(shard), room -> here(shard, new Redrive(null, request.queue(), room)));
        }
        for (var part : split.elsewhere().entrySet()) {
            sum = then(sum, limit, part.getValue(), room -> {
                if (exchange.isForwarded()) {
                    return Future.failedFuture(
                            new ProblemException(ProblemCode.NO_OWNER, "owned elsewhere; nothing was done"));
                }
                byte[] body = Json.write(new RedriveRequest(null, request.queue(), room));
                String uri = Routes.REDRIVE + "?shards=" + Query.listOf(part.getValue());
                return loop.ask(exchange, part.getKey(), Forward.post(uri, body, null), RedriveAnswer.class);
            });
        }
        return sum;
    }

    private static Future<RedriveAnswer> then(
            Future<RedriveAnswer> before, int limit, List<Integer> shards, IntFunction<Future<RedriveAnswer>> next) {
        return before.compose(sum -> {
            int room = limit - sum.redriven();
            Future<RedriveAnswer> part = room <= 0 ? Future.succeededFuture(NOTHING) : next.apply(room);
            return part.otherwise(failure -> new RedriveAnswer(0, 0, shards)).map(answer -> sum(sum, answer));
        });
    }

    private Future<RedriveAnswer> here(int shard, Redrive redrive) {
        return loop.<Integer>ask(shard, (desk, answer) -> desk.redrive(shard, redrive, answer))
                .map(redriven -> new RedriveAnswer(redriven, 0, List.of()));
    }

    private static RedriveAnswer sum(RedriveAnswer a, RedriveAnswer b) {
        TreeSet<Integer> incomplete = new TreeSet<>(a.incomplete());
        incomplete.addAll(b.incomplete());
        return new RedriveAnswer(a.redriven() + b.redriven(), a.notDead() + b.notDead(), List.copyOf(incomplete));
    }
}

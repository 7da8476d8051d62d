package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Limits;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.PurgeAnswer;
import io.leasehold.api.PurgeRequest;
import io.leasehold.api.RequestReader;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.core.task.TaskState;
import io.leasehold.server.forward.Forward;
import io.leasehold.server.forward.Whereabouts.Split;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/dead/purge}: by id, each at its home; or by queue, owner after owner until the limit is reached. By queue
 * the dead letters are counted first, all of them or nothing is done; each shard then does its part only if it still
 * holds as many as were counted there.
 */
final class PurgeRoute {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeRoute.class);

    private static final PurgeAnswer NOTHING = new PurgeAnswer(0, 0, List.of());

    /** Who answers so has done nothing, and would not do it if it were asked again. */
    private static final Set<String> DEFINITE =
            Set.of(ProblemCode.NOT_YET_ENABLED.word(), ProblemCode.ANOTHER_NUMBER.word());

    private final Loop loop;
    private final QueueRoutes queues;

    /**
     * Shards that are asked together.
     *
     * @param owner null for a shard of this process
     * @param dead how many dead letters they hold
     */
    private record Part(Member owner, List<Integer> shards, long dead) {}

    PurgeRoute(Loop loop, QueueRoutes queues) {
        this.loop = loop;
        this.queues = queues;
    }

    void handle(Exchange exchange) throws InvalidRequest {
        PurgeRequest request = RequestReader.purge(exchange.body());
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        Future<PurgeAnswer> answer = request.ids() == null
                ? byQueue(exchange, shards, request)
                : byId(exchange, shards, request.ids().stream().distinct().toList());
        exchange.answerWith(answer, value -> {
            if (!exchange.isForwarded()) {
                LOG.info("{} dead tasks were purged, as a request asked", value.purged());
            }
            exchange.answer(200, value);
        });
    }

    /** An id may be at any of the homes it has had: each is asked, and where it is not known nothing happens. */
    private Future<PurgeAnswer> byId(Exchange exchange, List<Integer> shards, List<String> ids) {
        Map<Integer, List<String>> byHome = new TreeMap<>();
        for (String id : ids) {
            for (int home : loop.whereabouts().homesOf(id)) {
                if (shards.contains(home)) {
                    byHome.computeIfAbsent(home, shard -> new ArrayList<>()).add(id);
                }
            }
        }
        List<Throwable> definite = new ArrayList<>();
        return FanOut.<PurgeAnswer>over(
                        loop,
                        exchange,
                        byHome.keySet(),
                        shard -> here(shard, new Purge(byHome.get(shard), null, ids.size(), 0))
                                .onFailure(failure -> addIfDefinite(failure, definite)),
                        (owner, theirs) -> {
                            List<String> theirIds = theirs.stream()
                                    .map(byHome::get)
                                    .flatMap(Collection::stream)
                                    .distinct()
                                    .toList();
                            return ask(exchange, owner, theirs, new PurgeRequest(theirIds, null, null, null))
                                    .onFailure(failure -> addIfDefinite(failure, definite));
                        })
                .compose(gathered -> {
                    PurgeAnswer all = gathered.parts().stream()
                            .reduce(new PurgeAnswer(0, 0, gathered.missing()), PurgeRoute::sum);
                    if (all.purged() == 0 && !definite.isEmpty()) {
                        return Future.failedFuture(definite.get(0));
                    }
                    return Future.succeededFuture(new PurgeAnswer(all.purged(), notDead(ids, all), all.incomplete()));
                });
    }

    private static void addIfDefinite(Throwable failure, List<Throwable> definite) {
        if (isDefinite(failure)) {
            definite.add(failure);
        }
    }

    private static boolean isDefinite(Throwable failure) {
        return DEFINITE.contains(ProblemTable.of(failure).code());
    }

    /** Of those whose homes have all answered. */
    private int notDead(List<String> ids, PurgeAnswer all) {
        long answered = ids.stream()
                .filter(id -> Collections.disjoint(loop.whereabouts().homesOf(id), all.incomplete()))
                .count();
        return (int) Math.max(0, answered - all.purged());
    }

    private Future<PurgeAnswer> byQueue(Exchange exchange, List<Integer> shards, PurgeRequest request) {
        Split split = loop.whereabouts().split(shards);
        if (!split.nowhere().isEmpty()) {
            return uncounted(split.nowhere());
        }
        List<Future<Part>> parts = new ArrayList<>();
        split.here().forEach(shard -> parts.add(counted(exchange, null, List.of(shard), request.queue())));
        for (var theirs : split.elsewhere().entrySet()) {
            if (exchange.isForwarded()) {
                return uncounted(theirs.getValue());
            }
            parts.add(counted(exchange, theirs.getKey(), theirs.getValue(), request.queue()));
        }
        return Future.all(parts).compose(counts -> {
            List<Part> all = parts.stream().map(Future::result).toList();
            long dead = all.stream().mapToLong(Part::dead).sum();
            if (dead != request.expected()) {
                return anotherNumber(request.queue(), dead, request.expected());
            }
            int limit = request.limit() == null ? Limits.MAX_PURGE : request.limit();
            Future<PurgeAnswer> sum = Future.succeededFuture(NOTHING);
            for (Part part : all) {
                sum = sum.compose(before -> then(exchange, before, limit, part, request.queue()));
            }
            return sum;
        });
    }

    private Future<Part> counted(Exchange exchange, Member owner, List<Integer> shards, String queue) {
        return queues.counted(exchange, shards, queue).compose(page -> {
            List<Integer> missing = page.view().incomplete();
            return missing.isEmpty()
                    ? Future.succeededFuture(new Part(owner, shards, page.sum(TaskState.DEAD)))
                    : uncounted(missing);
        });
    }

    private static <T> Future<T> uncounted(List<Integer> shards) {
        return Future.failedFuture(new ProblemException(
                ProblemCode.NO_OWNER, "shards " + shards + ": their dead tasks cannot be counted; nothing was done"));
    }

    private static <T> Future<T> anotherNumber(String queue, long dead, long expected) {
        return Future.failedFuture(new ProblemException(
                ProblemCode.ANOTHER_NUMBER,
                "dead tasks of queue " + queue + ": " + dead + " (expected: " + expected
                        + ", as the request says); nothing was done"));
    }

    private Future<PurgeAnswer> then(Exchange exchange, PurgeAnswer before, int limit, Part part, String queue) {
        int room = limit - before.purged();
        if (room <= 0 || part.dead() == 0) {
            return Future.succeededFuture(before);
        }
        Future<PurgeAnswer> answer = part.owner() == null
                ? here(part.shards().get(0), new Purge(null, queue, room, part.dead()))
                : ask(exchange, part.owner(), part.shards(), new PurgeRequest(null, queue, room, part.dead()));
        boolean nothingYet = before.purged() == 0 && before.incomplete().isEmpty();
        return answer.recover(failure -> nothingYet && isDefinite(failure)
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(new PurgeAnswer(0, 0, part.shards())))
                .map(done -> sum(before, done));
    }

    private Future<PurgeAnswer> ask(Exchange exchange, Member owner, List<Integer> shards, PurgeRequest request) {
        String uri = Routes.PURGE + "?shards=" + Query.listOf(shards);
        return loop.ask(exchange, owner, Forward.post(uri, Json.write(request), null), PurgeAnswer.class);
    }

    private Future<PurgeAnswer> here(int shard, Purge purge) {
        return loop.<Purged>ask(shard, (desk, answer) -> desk.purge(shard, purge, answer))
                .compose(done -> done.isAnotherNumber()
                        ? anotherNumber(purge.queue(), done.dead(), purge.expected())
                        : Future.succeededFuture(new PurgeAnswer(done.purged(), 0, List.of())));
    }

    private static PurgeAnswer sum(PurgeAnswer a, PurgeAnswer b) {
        TreeSet<Integer> incomplete = new TreeSet<>(a.incomplete());
        incomplete.addAll(b.incomplete());
        return new PurgeAnswer(a.purged() + b.purged(), a.notDead() + b.notDead(), List.copyOf(incomplete));
    }
}

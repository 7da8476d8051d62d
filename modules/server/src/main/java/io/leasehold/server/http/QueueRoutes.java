package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Names;
import io.leasehold.api.QueuesView;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.task.TaskState;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code GET /v1/queues} and {@code /v1/queues/{q}}: counts added up over all shards. */
final class QueueRoutes {
    private final Loop loop;

    QueueRoutes(Loop loop) {
        this.loop = loop;
    }

    void all(Exchange exchange) throws InvalidRequest {
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        exchange.answerWith(counts(exchange, shards), view -> exchange.answer(200, view));
    }

    /** A queue that no task was ever in is there, and empty. */
    void one(Exchange exchange) throws InvalidRequest {
        String queue = exchange.pathParam("queue");
        if (!Names.isValid(queue)) {
            throw new InvalidRequest("queue", queue, "1 to 200 bytes of printable UTF-8");
        }
        List<Integer> shards = Query.shards(exchange, loop.whereabouts().shards());
        exchange.answerWith(counts(exchange, shards), view -> {
            QueuesView.QueueView found = view.queues().stream()
                    .filter(one -> one.queue().equals(queue))
                    .findFirst()
                    .orElseGet(() -> Views.queue(new QueueView(queue, nothing())));
            exchange.answer(200, new QueuesView(view.asOf(), List.of(found), view.incomplete()));
        });
    }

    /** @return never fails */
    Future<QueuesView> counts(Exchange exchange, List<Integer> shards) {
        return FanOut.<QueuesView>over(
                        loop,
                        exchange,
                        shards,
                        this::ofShard,
                        (owner, theirs) -> loop.ask(
                                exchange,
                                owner,
                                Forward.get(Routes.QUEUES + "?shards=" + Query.listOf(theirs)),
                                QueuesView.class))
                .map(QueueRoutes::sum);
    }

    private Future<QueuesView> ofShard(int shard) {
        return loop.<List<QueueView>>ask(shard, (desk, answer) -> desk.queues(shard, answer))
                .map(views -> new QueuesView(
                        System.currentTimeMillis(),
                        views.stream().map(Views::queue).toList(),
                        List.of()));
    }

    private static QueuesView sum(FanOut.Gathered<QueuesView> gathered) {
        long asOf = System.currentTimeMillis();
        TreeSet<Integer> incomplete = new TreeSet<>(gathered.missing());
        Map<String, List<QueuesView.QueueView>> byName = new TreeMap<>();
        for (QueuesView part : gathered.parts()) {
            asOf = Math.min(asOf, part.asOf());
            incomplete.addAll(part.incomplete());
            part.queues()
                    .forEach(queue -> byName.computeIfAbsent(queue.queue(), name -> new ArrayList<>())
                            .add(queue));
        }
        List<QueuesView.QueueView> queues = new ArrayList<>();
        byName.forEach((name, parts) -> queues.add(sum(name, parts)));
        return new QueuesView(asOf, queues, List.copyOf(incomplete));
    }

    private static QueuesView.QueueView sum(String name, List<QueuesView.QueueView> parts) {
        Map<String, Long> states = new LinkedHashMap<>();
        Map<String, Map<String, Long>> bands = new LinkedHashMap<>();
        for (QueuesView.QueueView part : parts) {
            add(states, part.states());
            part.bands()
                    .forEach(
                            (band, counts) -> add(bands.computeIfAbsent(band, label -> new LinkedHashMap<>()), counts));
        }
        return new QueuesView.QueueView(name, states, bands);
    }

    private static void add(Map<String, Long> sums, Map<String, Long> counts) {
        counts.forEach((key, count) -> sums.merge(key, count, Long::sum));
    }

    private static long[][] nothing() {
        return new long[TaskState.values().length][PriorityBand.values().length];
    }
}

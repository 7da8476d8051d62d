package io.leasehold.server.http;

import io.leasehold.api.DeadView;
import io.leasehold.api.Routes;
import io.leasehold.api.TaskView;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Collects one page of dead letters, shard after shard, until the page is full. */
final class DeadWalk {
    private final Loop loop;
    private final Exchange exchange;
    private final String queue;
    private final int limit;
    private final List<TaskView> found = new ArrayList<>();
    private final List<Integer> missing = new ArrayList<>();
    private String next;

    DeadWalk(Loop loop, Exchange exchange, String queue, int limit) {
        this.loop = loop;
        this.exchange = exchange;
        this.queue = queue;
        this.limit = limit;
    }

    /**
     * @param shards in order
     * @param cursor where to go on; shards before its own are passed over
     * @return never fails; the view has no total yet
     */
    Future<DeadView> walk(List<Integer> shards, DeadCursor cursor) {
        Future<Void> steps = Future.succeededFuture();
        for (int shard : shards) {
            if (shard >= cursor.shard()) {
                DeadCursor from = shard == cursor.shard() ? cursor : new DeadCursor(shard, 0);
                steps = steps.compose(ignored -> step(from));
            }
        }
        return steps.map(ignored -> new DeadView(System.currentTimeMillis(), found, 0, next, missing));
    }

    private Future<Void> step(DeadCursor from) {
        int room = limit - found.size();
        if (room == 0) {
            // The page is full, and the part that filled it said where to go on.
            return Future.succeededFuture();
        }
        return part(from, room)
                .map(part -> {
                    found.addAll(part.tasks());
                    missing.addAll(part.incomplete());
                    next = found.size() < limit ? null : part.next();
                    return (Void) null;
                })
                .otherwise(failure -> {
                    missing.add(from.shard());
                    return null;
                });
    }

    private Future<DeadView> part(DeadCursor from, int room) {
        int shard = from.shard();
        Member owner = loop.whereabouts().isHere(shard) || exchange.isForwarded()
                ? null
                : loop.whereabouts().elsewhere(shard);
        if (owner != null) {
            return loop.ask(exchange, owner, Forward.get(uri(from, room)), DeadView.class);
        }
        return loop.<List<io.leasehold.coordinator.desk.TaskView>>ask(
                        shard, (desk, answer) -> desk.dead(shard, queue, from.number(), room, answer))
                .map(views -> page(shard, views, room));
    }

    private static DeadView page(int shard, List<io.leasehold.coordinator.desk.TaskView> views, int room) {
        boolean full = views.size() == room;
        String goOn = full ? new DeadCursor(shard, views.get(views.size() - 1).number()).text() : null;
        return new DeadView(0, views.stream().map(Views::listed).toList(), 0, goOn, List.of());
    }

    private String uri(DeadCursor from, int room) {
        String uri = Routes.DEAD + "?shards=" + from.shard() + "&after=" + from.text() + "&limit=" + room;
        return queue == null ? uri : uri + "&queue=" + Query.encoded(queue);
    }
}

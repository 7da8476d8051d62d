package io.leasehold.server.http;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.api.ring.HashRing;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.server.forward.Forward;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /v1/cluster}: the map as this coordinator knows it, and how each shard is doing as its owner knows it. Workers
 * ask often, so one picture serves all who ask within a second; a coordinator that does not answer in a second is left out.
 */
final class ClusterRoute {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PATIENCE_MS = 1_000;
    private static final String UNOWNED = "unowned";
    private static final String UNKNOWN = "unknown";

    private final Loop loop;
    /** As it is sent. */
    private Future<byte[]> latest;

    private long latestNanos;

    ClusterRoute(Loop loop) {
        this.loop = loop;
    }

    void handle(Exchange exchange) {
        if (exchange.isForwarded()) {
            exchange.answer(200, view(loop.whereabouts().map(), mine()));
            return;
        }
        long now = System.nanoTime();
        if (latest == null || now - latestNanos > KEPT_NANOS) {
            latest = picture().map(Json::write);
            latestNanos = now;
        }
        exchange.answerWith(latest, json -> exchange.answer(200, json));
    }

    private Future<ClusterView> picture() {
        ClusterMap map = loop.whereabouts().map();
        List<ClusterView.ShardView> copies = new ArrayList<>(mine());
        List<Future<?>> asked = new ArrayList<>();
        for (Member member : map.members()) {
            if (!member.id().equals(loop.whereabouts().self())) {
                asked.add(loop.ask(member, Forward.get(Routes.CLUSTER), ClusterView.class)
                        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                        .onSuccess(theirs -> copies.addAll(theirs.shards())));
            }
        }
        Future<?> all = asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
        return all.transform(ignored -> Future.succeededFuture(view(map, merge(map, copies))));
    }

    private ClusterView view(ClusterMap map, List<ClusterView.ShardView> shards) {
        return new ClusterView(
                map.members().stream()
                        .map(member -> new ClusterView.Coordinator(
                                member.id(),
                                member.url(),
                                member.leaving() ? Boolean.TRUE : null,
                                map.directives().isDrained(member.id()) ? Boolean.TRUE : null,
                                member.foldVersion()))
                        .toList(),
                new ClusterView.Ring(HashRing.HASH, HashRing.POINTS),
                shards,
                System.currentTimeMillis(),
                map.connected(),
                map.counts(),
                loop.edge().problems().get());
    }

    /** The copies of this process; who owns them is left to the map. */
    private List<ClusterView.ShardView> mine() {
        return loop.desk().shards().stream().map(this::copy).toList();
    }

    private ClusterView.ShardView copy(ShardView shard) {
        boolean active = shard.status() == ShardStatus.ACTIVE;
        return new ClusterView.ShardView(
                shard.shard(),
                loop.whereabouts().self(),
                null,
                shard.epoch(),
                shard.status().word(),
                null,
                shard.status() == ShardStatus.FOLLOWING && shard.replayMs() >= 0,
                active && shard.inboxLag() >= 0 ? shard.inboxLag() : null,
                shard.live(),
                shard.leased(),
                shard.problem(),
                null,
                null,
                shard.unownedMs() < 0 ? null : shard.unownedMs(),
                shard.foldVersion() == 0 ? null : shard.foldVersion());
    }

    private List<ClusterView.ShardView> merge(ClusterMap map, List<ClusterView.ShardView> copies) {
        List<ClusterView.ShardView> shards = new ArrayList<>();
        for (int shard = 0; shard < loop.whereabouts().shards(); shard++) {
            Place place = shard < map.shards().size() ? map.shards().get(shard) : null;
            Member owner = place == null ? null : map.ownerOf(shard);
            String holder = owner != null ? owner.id() : place == null ? null : place.assigned();
            ClusterView.ShardView copy = copyOf(copies, shard, holder);
            String standby = place == null ? null : place.standby();
            ClusterView.ShardView second = standby == null ? null : copyOf(copies, shard, standby);
            shards.add(new ClusterView.ShardView(
                    shard,
                    owner == null ? null : owner.id(),
                    owner == null ? null : owner.url(),
                    place == null ? 0 : place.epoch(),
                    copy != null ? copy.status() : owner == null ? UNOWNED : UNKNOWN,
                    standby,
                    second == null ? null : second.standbyReady(),
                    copy == null ? null : copy.inboxLag(),
                    copy == null ? null : copy.live(),
                    copy == null ? null : copy.leased(),
                    copy == null ? null : copy.problem(),
                    place == null ? null : place.assigned(),
                    map.directives().placed().get(shard),
                    copy == null ? null : copy.unownedMs(),
                    foldVersion(copy, second)));
        }
        return shards;
    }

    /** As the owner knows it, or the standby, if the owner's release does not say. */
    private static Integer foldVersion(ClusterView.ShardView copy, ClusterView.ShardView second) {
        Integer known = copy == null ? null : copy.foldVersion();
        return known == null && second != null ? second.foldVersion() : known;
    }

    private static ClusterView.ShardView copyOf(List<ClusterView.ShardView> copies, int shard, String holder) {
        return copies.stream()
                .filter(copy -> copy.shard() == shard && copy.owner().equals(holder))
                .findFirst()
                .orElse(null);
    }
}

package io.leasehold.client.logic;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.ring.HashRing;
import io.leasehold.api.ring.MapTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The coordinators as the worker knows them: their order on the ring from the worker's name on, and who is away. */
final class Directory {
    private static final class Health {
        int failures;
        long retryAtMs = Long.MIN_VALUE;
    }

    private final String worker;
    private final List<String> seeds;
    private final FullJitter away;
    private final Chance chance;
    private final Map<String, Health> health = new HashMap<>();
    private List<String> order = List.of();
    private String tag;
    private int asked;

    Directory(String worker, List<String> seeds, FullJitter away, Chance chance) {
        this.worker = worker;
        this.seeds = List.copyOf(seeds);
        this.away = away;
        this.chance = chance;
    }

    /** Takes a new map; an empty one says nothing, for someone must have told it. */
    void learn(List<Coordinator> coordinators) {
        if (coordinators.isEmpty()) {
            return;
        }
        Map<String, String> urls = new LinkedHashMap<>();
        coordinators.forEach(coordinator -> urls.put(coordinator.id(), coordinator.url()));
        String told = MapTag.of(urls);
        if (told.equals(tag)) {
            return;
        }
        tag = told;
        order = HashRing.of(urls.keySet()).order(worker).stream()
                .map(urls::get)
                .distinct()
                .toList();
        health.keySet().removeIf(url -> !order.contains(url) && !seeds.contains(url));
    }

    /** Names the map as it is known; null before the first one. */
    String tag() {
        return tag;
    }

    /** Addresses of all coordinators, home first; empty until the first map. */
    List<String> order() {
        return order;
    }

    /** The same without those that are left alone for now. */
    List<String> usable(long nowMs, Set<String> except) {
        return order.stream()
                .filter(url -> isUsable(url, nowMs) && !except.contains(url))
                .toList();
    }

    boolean isUsable(String url, long nowMs) {
        return retryAtMs(url) <= nowMs;
    }

    /** When the first of the coordinators that are left alone may be tried again. */
    long nextUsableMs(long nowMs) {
        return order.stream()
                .filter(url -> !isUsable(url, nowMs))
                .mapToLong(url -> health.get(url).retryAtMs)
                .min()
                .orElse(Turn.NEVER);
    }

    void answered(String url) {
        health.remove(url);
    }

    /** @param retryAfterMs what the coordinator asked for; 0 if nothing */
    void failed(String url, long nowMs, long retryAfterMs) {
        Health known = health.computeIfAbsent(url, any -> new Health());
        known.failures++;
        known.retryAtMs = nowMs + Math.min(retryAfterMs, 10 * away.capMs()) + away.delayMs(known.failures, chance);
    }

    /**
     * Where to send something that any coordinator takes; null before the first map.
     *
     * @param preferred who takes it best
     * @param avoid who failed to take it the last time, or null
     */
    String route(String preferred, String avoid, long nowMs) {
        if (order.contains(preferred) && !preferred.equals(avoid) && isUsable(preferred, nowMs)) {
            return preferred;
        }
        for (String url : order) {
            if (!url.equals(avoid) && isUsable(url, nowMs)) {
                return url;
            }
        }
        return avoid != null && order.contains(avoid) && isUsable(avoid, nowMs) ? avoid : soonest();
    }

    /** Whom to ask for the map, each in turn; null if all of them are to be left alone for now. */
    String toAsk(long nowMs) {
        List<String> candidates = new ArrayList<>(order);
        seeds.stream().filter(seed -> !candidates.contains(seed)).forEach(candidates::add);
        for (int i = 0; i < candidates.size(); i++) {
            String url = candidates.get(Math.floorMod(asked++, candidates.size()));
            if (isUsable(url, nowMs)) {
                return url;
            }
        }
        return null;
    }

    /** When the next of those that are left alone may be asked for the map again. */
    long nextAskableMs(long nowMs) {
        return health.values().stream()
                .mapToLong(known -> known.retryAtMs)
                .filter(retryAtMs -> retryAtMs > nowMs)
                .min()
                .orElse(Turn.NEVER);
    }

    private String soonest() {
        String best = null;
        for (String url : order) {
            if (best == null || retryAtMs(url) < retryAtMs(best)) {
                best = url;
            }
        }
        return best;
    }

    private long retryAtMs(String url) {
        Health known = health.get(url);
        return known == null ? Long.MIN_VALUE : known.retryAtMs;
    }
}

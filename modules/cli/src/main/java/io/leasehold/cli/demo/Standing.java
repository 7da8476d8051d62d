package io.leasehold.cli.demo;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.local.CoordinatorChild;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How things stand at one moment, as lines for the screen. */
final class Standing {
    private static final int BAR = 30;

    private Standing() {}

    static List<String> lines(
            int done,
            int all,
            Map<String, Long> counts,
            ClusterView view,
            List<CoordinatorChild> children,
            WorkerFleet fleet) {
        List<String> lines = new ArrayList<>();
        lines.add(sum(done, all, counts));
        for (CoordinatorChild child : children) {
            lines.add(coordinator(child, view));
        }
        lines.add(String.format(Locale.ROOT, "%-15s %d up, %d died so far", "workers", fleet.alive(), fleet.deaths()));
        return lines;
    }

    private static String sum(int done, int all, Map<String, Long> counts) {
        int filled = all == 0 ? 0 : BAR * done / all;
        String bar = "#".repeat(filled) + ".".repeat(BAR - filled);
        return String.format(
                Locale.ROOT,
                "[%s] %d of %d done, %d queued, %d leased",
                bar,
                done,
                all,
                counts.getOrDefault("ready", 0L) + counts.getOrDefault("delayed", 0L),
                counts.getOrDefault("leased", 0L));
    }

    private static String coordinator(CoordinatorChild child, ClusterView view) {
        if (!child.isAlive()) {
            return String.format(Locale.ROOT, "%-15s killed", child.id());
        }
        List<ClusterView.ShardView> owned = view == null
                ? List.of()
                : view.shards().stream()
                        .filter(shard -> child.id().equals(shard.owner()))
                        .toList();
        return String.format(
                Locale.ROOT,
                "%-15s shards %s, %d tasks live, %d leased",
                child.id(),
                owned.stream().map(ClusterView.ShardView::shard).toList(),
                owned.stream()
                        .map(ClusterView.ShardView::live)
                        .filter(Objects::nonNull)
                        .mapToLong(n -> n)
                        .sum(),
                owned.stream()
                        .map(ClusterView.ShardView::leased)
                        .filter(Objects::nonNull)
                        .mapToLong(n -> n)
                        .sum());
    }
}

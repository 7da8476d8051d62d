package io.leasehold.chaos;

import io.leasehold.api.ClusterView;
import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.chaos.fault.ClusterMap;
import io.leasehold.chaos.fault.FaultKind;
import io.leasehold.chaos.fault.JournalVandal;
import io.leasehold.chaos.history.Event;
import io.leasehold.core.task.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Faults that may end a cluster's life, done when all else is over: the journal is damaged, every coordinator is killed
 * and started again. Then each shard must either serve, with every task as it stood, or have stopped and say why.
 */
final class EndOfLife {
    private static final long PATIENCE_MS = 60_000;
    private static final long PAUSE_MS = 500;

    private final ChaosCluster cluster;
    private final ClusterMap map;
    private final Consumer<String> news;

    /** How long each coordinator's log was before: what it said in an earlier life does not count. */
    private final Map<String, Integer> saidBefore = new HashMap<>();

    EndOfLife(ChaosCluster cluster, ClusterMap map, Consumer<String> news) {
        this.cluster = cluster;
        this.map = map;
        this.news = news;
    }

    /**
     * @param before how tasks stood
     * @return what must not be; empty if all is well
     */
    List<String> run(FaultKind kind, List<Event.Stands> before) throws Exception {
        news.accept("last: " + kind.word() + ", " + kind.what());
        JournalVandal vandal = new JournalVandal(cluster.brokers().bootstrapServers());
        Set<Integer> damaged = kind == FaultKind.RECORDS_DELETED ? vandal.deleteHalf() : vandal.recreate();
        for (CoordinatorNode node : cluster.coordinators()) {
            node.kill();
        }
        for (CoordinatorNode node : cluster.coordinators()) {
            saidBefore.put(node.id(), Files.readString(node.log()).length());
            node.start();
        }
        Set<Integer> served = awaitVerdict(damaged);
        List<String> failures = new ArrayList<>();
        failures.addAll(changed(before, served));
        for (int shard = 0; shard < ChaosCluster.SHARDS; shard++) {
            if (!served.contains(shard) && !isLoud(shard)) {
                failures.add(kind.word() + ": shard " + shard + " does not serve, and nobody says why");
            }
        }
        if (kind == FaultKind.TOPIC_RECREATED && !served.isEmpty()) {
            failures.add(kind.word() + ": shards " + served + " serve (expected: none, their journal is gone)");
        }
        news.accept(kind.word() + ": damaged " + damaged + ", served " + served + ", the others stopped loudly"
                + (failures.isEmpty() ? "" : ", but: " + failures));
        return failures;
    }

    /** Waits until every shard serves, or none that is damaged has begun to for as long as is waited. */
    private Set<Integer> awaitVerdict(Set<Integer> damaged) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        Set<Integer> served = Set.of();
        while (System.nanoTime() < deadline) {
            served = served();
            boolean restLoud =
                    damaged.containsAll(notIn(served)) && notIn(served).stream().allMatch(this::isLoud);
            if (served.size() == ChaosCluster.SHARDS || restLoud) {
                return served;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        return served;
    }

    private Set<Integer> served() {
        ClusterView view = map.view();
        return view == null
                ? Set.of()
                : view.shards().stream()
                        .filter(shard -> "active".equals(shard.status()))
                        .map(ClusterView.ShardView::shard)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> notIn(Set<Integer> served) {
        Set<Integer> rest = new TreeSet<>();
        for (int shard = 0; shard < ChaosCluster.SHARDS; shard++) {
            if (!served.contains(shard)) {
                rest.add(shard);
            }
        }
        return rest;
    }

    /** A shard is loud if the cluster's view gives a reason, or a coordinator has ended and said so in its log. */
    private boolean isLoud(int shard) {
        ClusterView view = map.view();
        boolean problem = view != null && view.shards().get(shard).problem() != null;
        return problem || cluster.coordinators().stream().anyMatch(node -> complains(node, shard));
    }

    private boolean complains(CoordinatorNode node, int shard) {
        try {
            String log = Files.readString(node.log());
            String since = log.substring(Math.min(log.length(), saidBefore.get(node.id())));
            return since.contains("shard " + shard + ": stopped") || since.contains("leasehold coordinator: ");
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> changed(List<Event.Stands> before, Set<Integer> served) {
        Map<String, Event.Stands> expected = before.stream()
                .filter(it -> served.contains(Home.of(it.id(), ChaosCluster.SHARDS)))
                .collect(Collectors.toMap(Event.Stands::id, it -> it));
        List<String> urls = cluster.coordinators().stream()
                .filter(CoordinatorNode::isAlive)
                .map(CoordinatorNode::directUrl)
                .toList();
        if (expected.isEmpty() || urls.isEmpty()) {
            return List.of();
        }
        try (FinalStates states = new FinalStates(urls)) {
            return states.of(expected.keySet()).stream()
                    .filter(it -> !it.equals(expected.get(it.id())))
                    .limit(10)
                    .map(it ->
                            "task " + it.id() + " was " + expected.get(it.id()).state() + ", and is " + it.state())
                    .toList();
        }
    }
}

package io.leasehold.cli.demo;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.QueuesView;
import io.leasehold.api.Routes;
import io.leasehold.api.TaskView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.client.TaskClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks whichever coordinators are alive. */
final class Survivors {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private final LocalCluster cluster;
    private final Map<String, Coordinator> asked = new HashMap<>();

    Survivors(LocalCluster cluster) {
        this.cluster = cluster;
    }

    List<URI> urls() {
        return alive().stream().map(CoordinatorChild::url).toList();
    }

    List<CoordinatorChild> alive() {
        return cluster.coordinators().stream().filter(CoordinatorChild::isAlive).toList();
    }

    /** One of them. */
    Coordinator any() {
        CoordinatorChild first = alive().stream()
                .findFirst()
                .orElseThrow(() -> new Failure("coordinators: none alive (expected: one at least)"));
        return asked.computeIfAbsent(first.id(), id -> Coordinator.at(first.url(), ANSWER_TIMEOUT));
    }

    /** The cluster as one of them sees it, or null if it gave no answer. */
    ClusterView cluster() {
        try {
            return Json.readAnswer(any().get(Routes.CLUSTER), ClusterView.class);
        } catch (Failure e) {
            return null;
        }
    }

    /** How many of the demo's tasks are in which state; empty if there was no answer. */
    Map<String, Long> counts() {
        try {
            QueuesView view = Json.readAnswer(any().get(Routes.queue(FileTask.QUEUE)), QueuesView.class);
            return view.queues().get(0).states();
        } catch (Failure e) {
            return Map.of();
        }
    }

    /** One known task for each of these shards, as far as the given tasks have their home there. */
    static Map<Integer, String> oneTaskEach(TaskClient client, List<Integer> shards, List<FileTask> tasks) {
        Map<Integer, String> found = new TreeMap<>();
        for (FileTask task : tasks) {
            if (found.size() == shards.size()) {
                break;
            }
            Integer shard = client.get(task.id()).map(TaskView::shard).orElse(null);
            if (shards.contains(shard)) {
                found.putIfAbsent(shard, task.id());
            }
        }
        return found;
    }
}

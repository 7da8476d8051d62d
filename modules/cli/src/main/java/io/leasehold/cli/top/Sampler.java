package io.leasehold.cli.top;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.QueuesView;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.http.Figures;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks the cluster; goes on with the coordinators that it knows when the one that was named goes away. */
final class Sampler {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final URI first;
    private final Map<URI, Coordinator> coordinators = new LinkedHashMap<>();
    private Set<URI> known = Set.of();

    Sampler(URI first) {
        this.first = first;
    }

    /** @throws Failure if no coordinator answers */
    Sample take() {
        Set<URI> candidates = new LinkedHashSet<>();
        candidates.add(first);
        candidates.addAll(known);
        Failure failure = null;
        for (URI candidate : candidates) {
            try {
                return takeFrom(at(candidate));
            } catch (Failure e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure;
    }

    private Sample takeFrom(Coordinator asked) {
        ClusterView cluster = Json.readAnswer(asked.get(Routes.CLUSTER), ClusterView.class);
        QueuesView queues = asked.queues();
        Map<String, Figures> figures = new TreeMap<>();
        Set<URI> urls = new LinkedHashSet<>();
        long nanos = System.nanoTime();
        for (ClusterView.Coordinator each : cluster.coordinators()) {
            URI url = URI.create(each.url());
            urls.add(url);
            try {
                figures.put(each.id(), Figures.of(at(url)));
            } catch (Failure e) {
                // It is shown as one that does not answer.
            }
        }
        known = urls;
        return new Sample(nanos, cluster, queues, figures);
    }

    private Coordinator at(URI url) {
        return coordinators.computeIfAbsent(url, one -> Coordinator.at(one, PATIENCE));
    }
}

package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Pictures of the cluster, from whichever coordinator answers: the first one asked tells where the others are, for it may
 * be the one that is about to stop. Not thread-safe.
 */
public final class ClusterPictures {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Set<URI> known = new LinkedHashSet<>();

    public ClusterPictures(List<URI> first) {
        known.addAll(first);
    }

    public ClusterPictures(Coordinator coordinator) {
        this(List.of(coordinator.url()));
    }

    /** @throws Failure if none answers, saying what the first one did */
    public ClusterView now() {
        Failure first = null;
        for (URI url : List.copyOf(known)) {
            try {
                ClusterView view =
                        Json.readAnswer(Coordinator.at(url, ANSWER_TIMEOUT).get(Routes.CLUSTER), ClusterView.class);
                view.coordinators().forEach(each -> known.add(URI.create(each.url())));
                return view;
            } catch (Failure e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }
}

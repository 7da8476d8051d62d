package io.leasehold.chaos;

import io.leasehold.api.TaskView;
import io.leasehold.chaos.history.Event;
import io.leasehold.client.TaskClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks how tasks stand, over HTTP. */
final class FinalStates implements AutoCloseable {
    private static final int AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TaskClient client;

    FinalStates(List<String> urls) {
        this.client =
                TaskClient.create(urls.get(0), urls.subList(1, urls.size()).toArray(String[]::new));
    }

    /** One event for each task. */
    List<Event.Stands> of(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<Event.Stands> stands = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            List<CompletableFuture<Event.Stands>> asked = some.stream()
                    .map(id -> client.getAsync(id).thenApply(view -> stands(id, view)))
                    .toList();
            for (CompletableFuture<Event.Stands> answer : asked) {
                try {
                    stands.add(answer.join());
                } catch (CompletionException e) {
                    // nobody answered: to be asked again
                }
            }
        }
        return stands;
    }

    @Override
    public void close() {
        client.close();
    }

    private static Event.Stands stands(String id, Optional<TaskView> view) {
        return view.map(it -> new Event.Stands(
                        id,
                        it.state(),
                        it.cause(),
                        it.attempt(),
                        it.failures(),
                        it.expiries(),
                        it.result() == null ? null : it.result().toString()))
                .orElseGet(() -> new Event.Stands(id, "unknown", null, 0, 0, 0, null));
    }
}

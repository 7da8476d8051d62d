package io.leasehold.chaos;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.History;
import io.leasehold.chaos.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** After the faults: waits, for a bounded time, until every task has ended, and adds to the history how all stand. */
final class Ending {
    private static final long PATIENCE_MS = 180_000;
    private static final long PAUSE_MS = 1_000;

    private final ChaosCluster cluster;
    private final Path historyDirectory;
    private final Consumer<String> news;

    Ending(ChaosCluster cluster, Path historyDirectory, Consumer<String> news) {
        this.cluster = cluster;
        this.historyDirectory = historyDirectory;
        this.news = news;
    }

    /** @return the whole history */
    List<Event> complete() throws IOException, InterruptedException {
        List<Event> events = History.read(historyDirectory);
        Set<String> submitted = ids(events, Event.Submitting.class, Event.Submitting::id);
        Set<String> acknowledged = ids(events, Event.Acknowledged.class, Event.Acknowledged::id);
        Topics topics = new Topics(cluster.brokers().bootstrapServers());
        List<String> urls =
                cluster.coordinators().stream().map(CoordinatorNode::directUrl).toList();
        try (FinalStates states = new FinalStates(urls);
                HistoryWriter history = HistoryWriter.create(historyDirectory, "ending")) {
            awaitEnds(topics, acknowledged);
            news.accept("asking how " + submitted.size() + " tasks stand");
            Map<String, Event.Stands> stands = new LinkedHashMap<>();
            // Those that nobody acknowledged may have arrived all the same, and are given the same time.
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            List<String> open = List.copyOf(submitted);
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                states.of(open).forEach(it -> stands.put(it.id(), it));
                open = submitted.stream().filter(id -> isOpen(stands.get(id))).toList();
                if (!open.isEmpty()) {
                    news.accept(open.size() + " have not ended, or could not be asked about");
                    TimeUnit.MILLISECONDS.sleep(2 * PAUSE_MS);
                }
            }
            List<Event.Ended> ends = awaitTold(topics, stands);
            ends.forEach(history::write);
            stands.values().forEach(history::write);
            if (topics.rejected() > 0) {
                news.accept(topics.rejected() + " submissions were rejected (expected: none, all were valid)");
            }
        }
        return History.read(historyDirectory);
    }

    /** The topic of ends tells cheaply how many are left; it is not believed alone. */
    private void awaitEnds(Topics topics, Set<String> acknowledged) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        int lastOpen = -1;
        while (System.nanoTime() < deadline) {
            Set<String> ended = topics.ends().stream().map(Event.Ended::id).collect(Collectors.toSet());
            List<String> open =
                    acknowledged.stream().filter(id -> !ended.contains(id)).toList();
            if (open.size() != lastOpen) {
                news.accept(open.size() + " of " + acknowledged.size() + " acknowledged tasks have not ended yet");
            }
            lastOpen = open.size();
            if (open.isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(2 * PAUSE_MS);
        }
    }

    /** Ends are told at least once, a moment after they are in the journal. */
    private List<Event.Ended> awaitTold(Topics topics, Map<String, Event.Stands> stands) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            List<Event.Ended> ends = topics.ends();
            Set<String> told = ends.stream().map(Event.Ended::id).collect(Collectors.toSet());
            boolean all = stands.values().stream()
                    .filter(it -> !it.state().equals("unknown") && it.cause() != null)
                    .allMatch(it -> told.contains(it.id()));
            if (all || System.nanoTime() > deadline) {
                return ends;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    /** Null if nobody could be asked. */
    private static boolean isOpen(Event.Stands stands) {
        return stands == null || (!stands.state().equals("unknown") && stands.cause() == null);
    }

    private static <E extends Event> Set<String> ids(
            List<Event> events, Class<E> type, java.util.function.Function<E, String> id) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(id)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}

package io.leasehold.server.http;

import io.leasehold.api.QueuesView;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.core.task.TaskState;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The first so many queues whose names come after one, with their counts added up over what shards and coordinators tell.
 * Each tells its own first so many, so what is among the first of all is told whole; whatever else is told is dropped as
 * it comes, so no more is held than a page.
 */
final class QueuePage {
    private final String after;
    private final int limit;
    private final TreeMap<String, QueueCounts> queues = new TreeMap<>();
    private final TreeSet<Integer> incomplete = new TreeSet<>();
    private long asOf = System.currentTimeMillis();
    private boolean hasMore;

    /** @param after empty for the first page */
    QueuePage(String after, int limit) {
        this.after = after;
        this.limit = limit;
    }

    String after() {
        return after;
    }

    int limit() {
        return limit;
    }

    /** @param views of one shard: one more than a page, if there are more */
    void add(List<QueueView> views) {
        for (QueueView view : views) {
            QueueCounts counts = counts(view.queue());
            if (counts != null) {
                counts.add(view.counts());
            }
        }
    }

    /** @param view of another coordinator's shards; one of an older release may hold all queues that it has */
    void add(QueuesView view) {
        asOf = Math.min(asOf, view.asOf());
        incomplete.addAll(view.incomplete());
        hasMore |= view.next() != null;
        for (QueuesView.QueueView queue : view.queues()) {
            QueueCounts counts = counts(queue.queue());
            if (counts != null) {
                counts.add(queue.bands());
            }
        }
    }

    /** Nothing was heard of these shards. */
    void missed(List<Integer> shards) {
        incomplete.addAll(shards);
    }

    /** Of the queue of that name; null if it is not, or no longer, of this page. */
    private QueueCounts counts(String queue) {
        if (queue.compareTo(after) <= 0) {
            return null;
        }
        QueueCounts known = queues.get(queue);
        if (known != null) {
            return known;
        }
        if (queues.size() == limit) {
            hasMore = true;
            if (queue.compareTo(queues.lastKey()) > 0) {
                return null;
            }
            queues.pollLastEntry();
        }
        QueueCounts counts = new QueueCounts();
        queues.put(queue, counts);
        return counts;
    }

    long sum(TaskState state) {
        return queues.values().stream().mapToLong(counts -> counts.sum(state)).sum();
    }

    /** What to go on after; null at the end. */
    String next() {
        return hasMore && !queues.isEmpty() ? queues.lastKey() : null;
    }

    QueuesView view() {
        List<QueuesView.QueueView> views = queues.entrySet().stream()
                .map(each -> each.getValue().view(each.getKey()))
                .toList();
        return new QueuesView(asOf, views, next(), List.copyOf(incomplete));
    }
}

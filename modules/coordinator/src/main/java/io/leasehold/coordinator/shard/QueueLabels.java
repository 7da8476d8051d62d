package io.leasehold.coordinator.shard;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which queues get a label of their own in the figures: those that the operator names, and a hundred others; the rest are
 * counted as one. The first hundred have them until others need them: a queue takes the label of one that has been empty for
 * five minutes, or that has far less traffic. So names that are made up keep no labels from queues that work goes
 * through. Thread-safe.
 */
public final class QueueLabels {
    static final int MOST = 100;
    static final String OTHER = "other";

    /** As many queues without a label are watched. */
    static final int MOST_WANTING = 1_000;

    static final long EMPTY_MS = 300_000;
    static final long HALF_LIFE_MS = 60_000;

    /** How many events more than twice as many it takes. */
    private static final long MARGIN = 10;

    /** How many events a queue has had lately, each minute's weighing half of the next one's. */
    private static final class Traffic {
        long events;
        /** When it was last seen with tasks or events. */
        long seenMs;
    }

    private final Set<String> named;
    private final Map<String, Traffic> taken = new ConcurrentHashMap<>();
    /** Those without a label. */
    private final Map<String, Traffic> wanting = new HashMap<>();

    private long nowMs;
    private long halvedMs;

    public QueueLabels() {
        this(Set.of());
    }

    /** @param named queues that always have labels, beside the hundred */
    public QueueLabels(Collection<String> named) {
        this.named = Set.copyOf(named);
    }

    /** The label of that queue from now on. */
    String of(String queue) {
        if (isOwn(queue)) {
            return queue;
        }
        return taken.size() < MOST && take(queue) ? queue : OTHER;
    }

    /** Whether a queue of that name has its own label. */
    boolean isOwn(String queue) {
        return named.contains(queue) || taken.containsKey(queue);
    }

    private synchronized boolean take(String queue) {
        if (taken.size() >= MOST) {
            return false;
        }
        Traffic traffic = new Traffic();
        traffic.seenMs = nowMs;
        taken.putIfAbsent(queue, traffic);
        return true;
    }

    /**
     * What a shard has seen of a queue with a label since it told last.
     *
     * @param isEmpty whether there are neither live tasks nor dead letters
     */
    synchronized void used(String queue, long events, boolean isEmpty, long nowMs) {
        pass(nowMs);
        Traffic traffic = taken.get(queue);
        if (traffic != null) {
            traffic.events += events;
            if (events > 0 || !isEmpty) {
                traffic.seenMs = Math.max(traffic.seenMs, nowMs);
            }
        }
    }

    /** What a shard has seen of a queue without a label since it told last. */
    synchronized void wanted(String queue, long events, long nowMs) {
        pass(nowMs);
        if (isOwn(queue) || !isWatched(queue)) {
            return;
        }
        Traffic traffic = wanting.computeIfAbsent(queue, name -> new Traffic());
        traffic.events += events;
        traffic.seenMs = nowMs;
        if (taken.size() >= MOST) {
            Map.Entry<String, Traffic> least = least();
            if (!isEmpty(least.getValue()) && traffic.events <= 2 * least.getValue().events + MARGIN) {
                return;
            }
            taken.remove(least.getKey());
        }
        wanting.remove(queue);
        taken.put(queue, traffic);
    }

    /** Where there are too many, each newcomer takes an event off all of them: what is left are those with the most (Misra and Gries). */
    private boolean isWatched(String queue) {
        if (wanting.size() >= MOST_WANTING && !wanting.containsKey(queue)) {
            wanting.values().removeIf(traffic -> --traffic.events <= 0);
        }
        return wanting.size() < MOST_WANTING || wanting.containsKey(queue);
    }

    /** How many queues without a label are watched. */
    synchronized int watched() {
        return wanting.size();
    }

    /** Of those that have been empty for long enough, or else of all, the one with the least traffic. */
    private Map.Entry<String, Traffic> least() {
        Map.Entry<String, Traffic> least = null;
        for (Map.Entry<String, Traffic> each : taken.entrySet()) {
            if (least == null || isLess(each.getValue(), least.getValue())) {
                least = each;
            }
        }
        return least;
    }

    private boolean isLess(Traffic one, Traffic other) {
        boolean empty = isEmpty(one);
        return empty == isEmpty(other) ? one.events < other.events : empty;
    }

    private boolean isEmpty(Traffic traffic) {
        return nowMs - traffic.seenMs >= EMPTY_MS;
    }

    private void pass(long nowMs) {
        this.nowMs = Math.max(this.nowMs, nowMs);
        long halvings = (this.nowMs - halvedMs) / HALF_LIFE_MS;
        if (halvings > 0) {
            halvedMs += halvings * HALF_LIFE_MS;
            int shift = (int) Math.min(halvings, Long.SIZE - 1);
            taken.values().forEach(traffic -> traffic.events >>= shift);
            wanting.values().forEach(traffic -> traffic.events >>= shift);
            wanting.values().removeIf(traffic -> traffic.events == 0);
        }
    }
}

package io.leasehold.coordinator.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Queues whose first ready task stays where it is while no poll waits here: others may have polls for it. Shards say that
 * there is something ready; one thread looks, and says what others are to be told. Nothing is looked at while nothing is ready.
 */
final class Untaken {
    /** A poll on its way, or in a shard's mailbox, takes a ready task sooner than this. */
    static final long LOOK_MS = 10;

    /** While the task stays, for a hint may be lost, or come before the poll that it is for. */
    static final long AGAIN_MS = 1_000;

    private static final int MOST_QUEUES = 10_000;
    private static final int MOST_HINTS = 100;

    private static final class Watch {
        Head head;
        long sinceMs;
        long hintMs = Long.MIN_VALUE / 2;
        /** Whether the last hint found no poll that waits: whoever heard it remembers it for polls that come. */
        volatile boolean unwanted;
    }

    private final Map<String, Watch> watched = new ConcurrentHashMap<>();
    private volatile Runnable wake;
    /** Whether whoever looks does so every few milliseconds. */
    private volatile boolean looking;

    /** @param wake called, on any thread, when there is something to look at soon */
    void onNews(Runnable wake) {
        this.wake = wake;
    }

    /** A shard has something ready in this queue. Cheap: it is called in any turn that touches a queue. */
    void ready(String queue) {
        Runnable listener = wake;
        if (listener == null || watched.containsKey(queue) || watched.size() >= MOST_QUEUES) {
            return;
        }
        if (watched.putIfAbsent(queue, new Watch()) == null && !looking) {
            listener.run();
        }
    }

    /** A shard has nothing ready in this queue any more: what it has next is news. */
    void empty(String queue) {
        if (!watched.isEmpty()) {
            watched.remove(queue);
        }
    }

    /** Polls waited for this queue elsewhere, or not. */
    void answered(String queue, boolean wanted) {
        Watch watch = watched.get(queue);
        if (watch != null) {
            watch.unwanted = !wanted;
        }
    }

    /**
     * What to tell others now; called by one thread.
     *
     * @param best the best head of a queue in all shards of this process, or null
     * @param awaited whether polls wait here for a queue
     */
    List<Hint> due(long nowMs, Function<String, Head> best, Predicate<String> awaited) {
        looking = true;
        List<Hint> hints = new ArrayList<>();
        watched.forEach((queue, watch) -> {
            Head head = best.apply(queue);
            if (head == null) {
                watched.remove(queue, watch);
                // A shard tells its head before it says that there is one: what came meanwhile is seen here, or said
                // anew.
                if (best.apply(queue) != null) {
                    watched.putIfAbsent(queue, new Watch());
                }
            } else if (watch.head == null || !head.isSameTask(watch.head) || awaited.test(queue)) {
                watch.head = head;
                watch.sinceMs = nowMs;
            } else if (nowMs - watch.sinceMs >= LOOK_MS && isDue(watch, nowMs) && hints.size() < MOST_HINTS) {
                watch.hintMs = nowMs;
                watch.unwanted = true;
                hints.add(new Hint(queue, head.ready()));
            }
        });
        return hints;
    }

    private static boolean isDue(Watch watch, long nowMs) {
        return !watch.unwanted || nowMs - watch.hintMs >= AGAIN_MS;
    }

    /** How long to look away; -1 if until there is news. */
    long restMs(long nowMs) {
        boolean soon = false;
        for (Watch watch : watched.values()) {
            soon |= isDue(watch, nowMs) || nowMs - watch.sinceMs < LOOK_MS;
        }
        looking = soon;
        // Between the look and this, a queue may have come that saw us looking.
        if (!soon && watched.values().stream().anyMatch(watch -> watch.head == null)) {
            looking = true;
            soon = true;
        }
        return soon ? LOOK_MS : watched.isEmpty() ? -1 : AGAIN_MS / 4;
    }
}

package io.leasehold.coordinator.shard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which queues get a label of their own in the figures: the first hundred; the rest are counted as one. Thread-safe. */
public final class QueueLabels {
    static final int MOST = 100;
    static final String OTHER = "other";

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String of(String queue) {
        if (known.contains(queue)) {
            return queue;
        }
        if (known.size() >= MOST) {
            return OTHER;
        }
        known.add(queue);
        return queue;
    }
}

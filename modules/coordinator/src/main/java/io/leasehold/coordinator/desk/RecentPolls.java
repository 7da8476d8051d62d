package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Wanted;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which shard answered the latest polls that can be repeated, so that a repeated one is asked where its grants are. Only
 * a hint: a forgotten poll gets new tasks, and its old ones come back when their leases run out. Thread-safe.
 */
final class RecentPolls {
    private static final int MOST = 20_000;

    private record Key(String worker, String pollId) {}

    private final Map<Key, Integer> shards = new ConcurrentHashMap<>();
    private final Queue<Key> oldest = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    void granted(Wanted wanted, int shard) {
        if (wanted.pollId() == null) {
            return;
        }
        Key key = new Key(wanted.worker(), wanted.pollId());
        if (shards.put(key, shard) == null) {
            oldest.add(key);
            if (size.incrementAndGet() > MOST) {
                Key forgotten = oldest.poll();
                if (forgotten != null) {
                    shards.remove(forgotten);
                    size.decrementAndGet();
                }
            }
        }
    }

    /** The shard that answered this very poll before, or null. */
    Integer shardOf(Wanted wanted) {
        return wanted.pollId() == null ? null : shards.get(new Key(wanted.worker(), wanted.pollId()));
    }
}

package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Wanted;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who answered the latest polls that can be repeated, so that a repeated one is asked where its grants are. Only a hint: a
 * forgotten poll gets new tasks, and its old ones come back when their leases run out. Thread-safe.
 *
 * @param <P> a shard, or another coordinator
 */
final class RecentPolls<P> {
    private static final int MOST = 20_000;

    private record Key(String worker, String pollId) {}

    private final Map<Key, P> places = new ConcurrentHashMap<>();
    private final Queue<Key> oldest = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    void answered(Wanted wanted, P place) {
        if (wanted.pollId() == null) {
            return;
        }
        Key key = new Key(wanted.worker(), wanted.pollId());
        if (places.put(key, place) == null) {
            oldest.add(key);
            if (size.incrementAndGet() > MOST) {
                Key forgotten = oldest.poll();
                if (forgotten != null) {
                    places.remove(forgotten);
                    size.decrementAndGet();
                }
            }
        }
    }

    /** What is written down of this poll does not hold any more. */
    void forget(Wanted wanted) {
        if (wanted.pollId() != null) {
            // Its name stays in line, and is found to be gone when it is its turn.
            places.remove(new Key(wanted.worker(), wanted.pollId()));
        }
    }

    /** Who answered this very poll before, or null. */
    P placeOf(Wanted wanted) {
        return wanted.pollId() == null ? null : places.get(new Key(wanted.worker(), wanted.pollId()));
    }
}

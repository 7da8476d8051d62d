package io.leasehold.coordinator.host;

import io.leasehold.coordinator.port.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Bounds how often a shard is claimed that is assigned to another: a wrong suspicion must not become a quarrel. */
final class Suspicions {
    private static final int MOST_A_MINUTE = 3;
    private static final long MINUTE_MS = 60_000;

    private final Clock clock;
    private final Map<Integer, Deque<Long>> claims = new HashMap<>();

    Suspicions(Clock clock) {
        this.clock = clock;
    }

    /** Whether the shard may be claimed now; if so, that is counted. */
    boolean allow(int shard) {
        Deque<Long> times = claims.computeIfAbsent(shard, one -> new ArrayDeque<>());
        long nowMs = clock.monotonicMs();
        while (!times.isEmpty() && nowMs - times.peek() >= MINUTE_MS) {
            times.remove();
        }
        if (times.size() >= MOST_A_MINUTE) {
            return false;
        }
        times.add(nowMs);
        return true;
    }
}

package io.leasehold.coordinator.host;

import io.leasehold.coordinator.port.Clock;
import java.util.HashMap;
import java.util.Map;

/** Since when each shard has been without an owner, as far as is known here: who is to claim it first may be unable to. */
final class Waits {
    /** How long whom a shard is assigned to has the right of way. */
    private static final long PATIENCE_MS = 2_000;

    private final Clock clock;
    private final Map<Integer, Long> sinceMs = new HashMap<>();

    Waits(Clock clock) {
        this.clock = clock;
    }

    /** @return whether the shard is, and for long enough has been, to be had */
    boolean isOverdue(int shard, boolean unowned) {
        if (!unowned) {
            sinceMs.remove(shard);
            return false;
        }
        long nowMs = clock.monotonicMs();
        return nowMs - sinceMs.computeIfAbsent(shard, one -> nowMs) >= PATIENCE_MS;
    }
}

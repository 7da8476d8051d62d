package io.leasehold.coordinator.host;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.core.decide.Chance;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a shard is left alone after a copy of it failed: twice as long each time, less some chance; from the start again
 * once it has gone well for a while. That a copy served in between does not count: two that fence each other both do.
 */
final class Pauses {
    private static final long SHORTEST_MS = 200;
    private static final long LONGEST_MS = 15_000;
    private static final long FORGOTTEN_AFTER_MS = 60_000;

    private record Pause(long untilMs, long lengthMs) {}

    private final Clock clock;
    private final Chance chance;
    private final Map<Integer, Pause> pauses = new HashMap<>();

    Pauses(Clock clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    boolean isPaused(int shard) {
        Pause pause = pauses.get(shard);
        return pause != null && clock.monotonicMs() < pause.untilMs;
    }

    /** A copy failed, or could not be made. */
    void failed(int shard) {
        Pause last = pauses.get(shard);
        boolean again = last != null && clock.monotonicMs() - last.untilMs < FORGOTTEN_AFTER_MS;
        pause(shard, again ? Math.min(LONGEST_MS, last.lengthMs * 2) : SHORTEST_MS);
    }

    /** A copy stopped at something that only a person can mend. */
    void stopped(int shard) {
        pause(shard, LONGEST_MS);
    }

    private void pause(int shard, long lengthMs) {
        long untilMs = clock.monotonicMs() + lengthMs - chance.upTo(lengthMs / 2);
        pauses.put(shard, new Pause(untilMs, lengthMs));
    }
}

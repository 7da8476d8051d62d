package io.leasehold.coordinator.host;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.shard.ShardLoop;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds copies that say they serve and do not: their thread is gone or stuck, or the log's client neither takes their
 * record nor refuses it. Then no other copy here can help, for what hangs may hold it up as well. A log that is away does
 * not count: appends fail by then, and the copy says that it serves no more. Nor does a pause of the process: only time
 * counts of which this watch, on a thread of its own, has seen each second.
 */
final class ProgressWatch {
    static final long LOOK_EVERY_MS = 1_000;
    /** Looks follow each other faster than this unless the process was paused, or has no processor. */
    private static final long LONGEST_STEP_MS = 3 * LOOK_EVERY_MS;

    private static final class Seen {
        private ShardLoop loop;
        private long progress;
        private long sinceMs;
    }

    private final Clock clock;
    private final long mostMs;
    private final Consumer<String> stuck;
    private final Map<Integer, Seen> copies = new HashMap<>();
    private long lookedMs;

    /**
     * @param mostMs how long a copy may serve without progress; longer than any append may take
     * @param stuck told which shard is, and where its thread stands
     */
    ProgressWatch(Clock clock, long mostMs, Consumer<String> stuck) {
        this.clock = clock;
        this.mostMs = mostMs;
        this.stuck = stuck;
        this.lookedMs = clock.monotonicMs();
    }

    /** To be called every {@link #LOOK_EVERY_MS}. */
    void look(Collection<ShardThread> threads) {
        long nowMs = clock.monotonicMs();
        boolean wasPaused = nowMs - lookedMs > LONGEST_STEP_MS;
        lookedMs = nowMs;
        copies.values().removeIf(seen -> seen.loop.isOver());
        for (ShardThread thread : threads) {
            ShardLoop loop = thread.loop();
            Seen seen = copies.computeIfAbsent(loop.shard(), shard -> new Seen());
            if (wasPaused || seen.loop != loop || seen.progress != loop.progress() || !isServing(loop)) {
                seen.loop = loop;
                seen.progress = loop.progress();
                seen.sinceMs = nowMs;
            } else if (nowMs - seen.sinceMs > mostMs) {
                seen.sinceMs = nowMs;
                stuck.accept("shard " + loop.shard() + ": is " + loop.status()
                        + ", and has had no effective record for " + mostMs + " ms; its thread " + thread.standing());
            }
        }
    }

    private static boolean isServing(ShardLoop loop) {
        return switch (loop.status()) {
            case ACTIVE, RELEASING -> true;
            default -> false;
        };
    }
}

package io.leasehold.server;

import io.leasehold.coordinator.port.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Notices when the time of day is set back. Kafka's clients count their own pauses by it: one that waits to connect again
 * waits until the clock has caught up, and nothing of what they do can be hurried. Own thread.
 */
final class ClockWatch implements AutoCloseable {
    /** What the clients may lose without anybody's help: as long as an append may take. */
    static final long MOST_BACK_MS = 10_000;

    private static final long EVERY_MS = 1_000;

    private final Clock clock;
    private final LongConsumer setBack;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread one = new Thread(run, "leasehold-clock-watch");
        one.setDaemon(true);
        return one;
    });
    private long wallMinusMonotonicMs;

    /** @param setBack told by how many ms, each time it was set back by more than {@value #MOST_BACK_MS} at once */
    ClockWatch(Clock clock, LongConsumer setBack) {
        this.clock = clock;
        this.setBack = setBack;
        this.wallMinusMonotonicMs = clock.wallMs() - clock.monotonicMs();
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    void look() {
        long before = wallMinusMonotonicMs;
        wallMinusMonotonicMs = clock.wallMs() - clock.monotonicMs();
        long backMs = before - wallMinusMonotonicMs;
        if (backMs > MOST_BACK_MS) {
            setBack.accept(backMs);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

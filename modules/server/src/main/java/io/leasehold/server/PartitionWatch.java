package io.leasehold.server;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.log.KafkaUnreachable;
import io.leasehold.log.TopicHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how Kafka keeps the topics, again and again, for the figures alone. While Kafka does not answer they stand. Own thread. */
final class PartitionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWatch.class);
    private static final long EVERY_MS = 10_000;

    private final Supplier<TopicHealth> health;
    private final Clock clock;
    private final InboxStalls stalls = new InboxStalls();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread one = new Thread(run, "leasehold-partition-watch");
        one.setDaemon(true);
        return one;
    });
    private volatile int lackingReplicas;
    private volatile long stalledMs;
    private volatile long rejectedDropped;

    PartitionWatch(Supplier<TopicHealth> health, Clock clock, MeterRegistry metrics) {
        this.health = health;
        this.clock = clock;
        Gauge.builder("leasehold.topic.partitions.lacking.replicas", this, watch -> watch.lackingReplicas)
                .description("partitions of the topics of which not every replica is in sync")
                .register(metrics);
        Gauge.builder("leasehold.inbox.stalled.seconds", this, watch -> watch.stalledMs / 1_000.0)
                .description("how long an open transaction has held back an inbox, of the one that has waited longest")
                .register(metrics);
        Gauge.builder("leasehold.rejected.dropped", this, watch -> watch.rejectedDropped)
                .description(
                        "rejected submissions that Kafka has deleted from their topic, by their age or by its size")
                .register(metrics);
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    void look() {
        try {
            TopicHealth now = health.get();
            lackingReplicas = now.lackingReplicas();
            rejectedDropped = now.rejectedDropped();
            stalledMs = stalls.longestMs(now.inboxes(), clock.monotonicMs());
        } catch (KafkaUnreachable e) {
            LOG.debug("The topics' replicas could not be looked at: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                LOG.warn("The topics' replicas could not be looked at: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

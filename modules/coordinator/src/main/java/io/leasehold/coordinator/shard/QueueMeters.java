package io.leasehold.coordinator.shard;

import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.state.TaskQueue;
import io.leasehold.core.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** The figures of one queue in one shard. */
final class QueueMeters {
    private static final TaskState[] QUEUED = {TaskState.DELAYED, TaskState.READY, TaskState.LEASED};
    private static final PriorityBand[] BANDS = PriorityBand.values();

    final Counter accepted;
    final Counter failures;
    final Counter expiries;
    final Timer wait;
    final Timer run;
    private final Map<TaskState, Counter> ended = new EnumMap<>(TaskState.class);
    private final Map<String, Counter> requeued = new ConcurrentHashMap<>();
    private final AtomicLongArray lengths = new AtomicLongArray(QUEUED.length * BANDS.length);
    private final MeterRegistry registry;
    private final Tags tags;

    QueueMeters(MeterRegistry registry, String shard, String queue) {
        this.registry = registry;
        this.tags = Tags.of("shard", shard, "queue", queue);
        accepted = Counter.builder("leasehold.tasks.accepted").tags(tags).register(registry);
        failures = Counter.builder("leasehold.tasks.failures")
                .description("failures that workers reported")
                .tags(tags)
                .register(registry);
        expiries = Counter.builder("leasehold.leases.expired")
                .description("leases that ran out")
                .tags(tags)
                .register(registry);
        wait = timer("leasehold.task.wait", "from ready to leased");
        run = timer("leasehold.task.run", "from leased to reported");
        for (TaskState state : TaskState.values()) {
            if (state.isEnd()) {
                ended.put(state, counter("leasehold.tasks.ended", "state", state.word()));
            }
        }
        for (int i = 0; i < lengths.length(); i++) {
            lengthGauge(i);
        }
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1))
                .register(registry);
    }

    private Counter counter(String name, String key, String value) {
        return Counter.builder(name).tags(tags).tag(key, value).register(registry);
    }

    private void lengthGauge(int i) {
        Gauge.builder("leasehold.queue.length", lengths, all -> all.get(i))
                .description("tasks that have not ended")
                .tags(tags.and(
                        Tag.of("state", QUEUED[i / BANDS.length].word()),
                        Tag.of("band", BANDS[i % BANDS.length].label())))
                .register(registry);
    }

    void ended(TaskState state) {
        ended.get(state).increment();
    }

    void requeued(String cause) {
        requeued.computeIfAbsent(cause, one -> counter("leasehold.tasks.requeued", "cause", one))
                .increment();
    }

    void clearLengths() {
        for (int i = 0; i < lengths.length(); i++) {
            lengths.set(i, 0);
        }
    }

    void addLengths(TaskQueue queue) {
        for (int state = 0; state < QUEUED.length; state++) {
            for (int band = 0; band < BANDS.length; band++) {
                lengths.addAndGet(state * BANDS.length + band, queue.count(QUEUED[state], BANDS[band]));
            }
        }
    }

    void close() {
        ended.values().forEach(registry::remove);
        requeued.values().forEach(registry::remove);
        registry.remove(accepted);
        registry.remove(failures);
        registry.remove(expiries);
        registry.remove(wait);
        registry.remove(run);
        registry.find("leasehold.queue.length").tags(tags).gauges().forEach(registry::remove);
    }
}

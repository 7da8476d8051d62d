package io.leasehold.coordinator.shard;

import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.state.TaskQueue;
import io.leasehold.core.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The figures of one queue in one shard. All are there from the queue's first task on: what begins with the event that it
 * counts shows no increase for the first one.
 */
final class QueueMeters {
    private static final TaskState[] QUEUED = {TaskState.DELAYED, TaskState.READY, TaskState.LEASED};
    private static final PriorityBand[] BANDS = PriorityBand.values();
    private static final String REQUEUED =
            "tasks put back into the line, by cause; a failure or an expiry that was the last is among them";
    private static final List<String> CAUSES = List.of("failure", "release", "expiry", "redrive");

    final Counter accepted;
    final Counter failures;
    final Counter expiries;
    final Timer run;
    private final Timer wait;
    private final Map<PriorityBand, Counter> granted = new EnumMap<>(PriorityBand.class);
    private final Map<TaskState, Counter> ended = new EnumMap<>(TaskState.class);
    private final Map<String, Counter> requeued = new HashMap<>();
    private final AtomicLongArray lengths = new AtomicLongArray(QUEUED.length * BANDS.length);
    private final AtomicLong headMs = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    /** The same as they are put together, to be shown when they are whole. */
    private final long[] nextLengths = new long[QUEUED.length * BANDS.length];

    private long nextHeadMs;
    private long nextDeadLetters;
    /** Since {@link #takeEvents}. */
    private long events;

    private final Gauge headAge;
    private final Gauge dead;
    private final MeterRegistry registry;
    private final Tags tags;

    QueueMeters(MeterRegistry registry, String shard, String queue) {
        this.registry = registry;
        this.tags = Tags.of("shard", shard, "queue", queue);
        accepted = counter("leasehold.tasks.accepted", "tasks taken in, duplicates aside", Tags.empty());
        failures = counter("leasehold.tasks.failures", "failures that workers reported", Tags.empty());
        expiries = counter("leasehold.leases.expired", "leases that ran out", Tags.empty());
        wait = timer("leasehold.task.wait", "from ready to leased");
        run = timer("leasehold.task.run", "from leased to reported");
        for (TaskState state : TaskState.values()) {
            if (state.isEnd()) {
                ended.put(state, counter("leasehold.tasks.ended", "tasks that ended", Tags.of("state", state.word())));
            }
        }
        for (String cause : CAUSES) {
            requeued.put(cause, counter("leasehold.tasks.requeued", REQUEUED, Tags.of("cause", cause)));
        }
        for (PriorityBand band : BANDS) {
            granted.put(band, counter("leasehold.leases.granted", "leases granted", Tags.of("band", band.label())));
        }
        headAge = Gauge.builder("leasehold.queue.head.seconds", headMs, ms -> ms.get() / 1_000.0)
                .description("how long ago the task that is next could have started; 0 if none is ready")
                .tags(tags)
                .register(registry);
        dead = Gauge.builder("leasehold.dead.letters", deadLetters, AtomicLong::get)
                .description("dead letters that are kept")
                .tags(tags)
                .register(registry);
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

    private Counter counter(String name, String description, Tags more) {
        return Counter.builder(name)
                .description(description)
                .tags(tags.and(more))
                .register(registry);
    }

    private void lengthGauge(int i) {
        Gauge.builder("leasehold.queue.length", lengths, all -> all.get(i))
                .description("tasks that have not ended")
                .tags(tags.and(
                        Tag.of("state", QUEUED[i / BANDS.length].word()),
                        Tag.of("band", BANDS[i % BANDS.length].label())))
                .register(registry);
    }

    void leased(int priority, long waitedMs) {
        granted.get(PriorityBand.of(priority)).increment();
        wait.record(Math.max(0, waitedMs), TimeUnit.MILLISECONDS);
    }

    void ended(TaskState state) {
        ended.get(state).increment();
    }

    void requeued(String cause) {
        requeued.get(cause).increment();
    }

    /** Something is about to be counted. */
    void hasEvent() {
        events++;
    }

    /** How many there were since this was asked last. */
    long takeEvents() {
        long taken = events;
        events = 0;
        return taken;
    }

    /** Whether neither live tasks nor dead letters are shown. */
    boolean isEmpty() {
        boolean empty = deadLetters.get() == 0;
        for (int i = 0; empty && i < lengths.length(); i++) {
            empty = lengths.get(i) == 0;
        }
        return empty;
    }

    /** All queues that are shown under this name were added. */
    void showLevels() {
        for (int i = 0; i < nextLengths.length; i++) {
            lengths.set(i, nextLengths[i]);
        }
        headMs.set(nextHeadMs);
        deadLetters.set(nextDeadLetters);
        Arrays.fill(nextLengths, 0);
        nextHeadMs = 0;
        nextDeadLetters = 0;
    }

    /** Adds one more queue that is shown under this name. */
    void addLevels(TaskQueue queue, long nowMs) {
        for (int band = 0; band < BANDS.length; band++) {
            for (int state = 0; state < QUEUED.length; state++) {
                nextLengths[state * BANDS.length + band] += queue.count(QUEUED[state], BANDS[band]);
            }
            nextDeadLetters += queue.count(TaskState.DEAD, BANDS[band]);
        }
        TaskEntry head = queue.head();
        if (head != null) {
            nextHeadMs = Math.max(nextHeadMs, nowMs - Math.max(head.acceptedMs(), head.notBeforeMs()));
        }
    }

    void close() {
        ended.values().forEach(registry::remove);
        requeued.values().forEach(registry::remove);
        granted.values().forEach(registry::remove);
        registry.remove(accepted);
        registry.remove(failures);
        registry.remove(expiries);
        registry.remove(wait);
        registry.remove(run);
        registry.remove(headAge);
        registry.remove(dead);
        registry.find("leasehold.queue.length").tags(tags).gauges().forEach(registry::remove);
    }
}

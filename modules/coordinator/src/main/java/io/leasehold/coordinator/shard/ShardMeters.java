package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The figures of one copy of a shard; removed with it, so that a shard that moved is not counted twice. What is counted of
 * copies themselves stays: {@link OwnershipMeters}.
 */
public final class ShardMeters {
    private static final String PROBLEM = "leasehold.shard.problem";
    private static final List<String> PROBLEMS = List.of("admission", "journal", "clock");

    private final MeterRegistry registry;
    private final QueueLabels labels;
    private final String shard;
    private final Map<String, QueueMeters> queues = new HashMap<>();
    private final List<Meter> meters = new ArrayList<>();
    private final Map<String, Level> gauges = new HashMap<>();
    private final Map<Heartbeat.Status, Counter> heartbeats = new EnumMap<>(Heartbeat.Status.class);
    private final OwnershipMeters ownership;
    private final Timer append;
    private final Timer replay;
    private final Counter rejected;
    private final Counter resent;
    private final Counter written;
    private final Counter carried;

    /** What a gauge shows: written by the shard's thread, read by whoever scrapes. */
    private static final class Level {
        private volatile double value;
    }

    public ShardMeters(MeterRegistry registry, QueueLabels labels, int shard) {
        this.registry = registry;
        this.labels = labels;
        this.shard = Integer.toString(shard);
        ownership = new OwnershipMeters(registry);
        append = Timer.builder("leasehold.journal.append")
                .description("from sending a record to its acknowledgement")
                .tag("shard", this.shard)
                .serviceLevelObjectives(
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
        replay = Timer.builder("leasehold.shard.replay")
                .description("from opening the journal to its end")
                .tag("shard", this.shard)
                .register(registry);
        for (Heartbeat.Status status : Heartbeat.Status.values()) {
            heartbeats.put(
                    status,
                    counter(
                            "leasehold.heartbeats",
                            "leases for which a heartbeat came, by what it was told",
                            "status",
                            status.name().toLowerCase(Locale.ROOT)));
        }
        rejected = counter("leasehold.inbox.rejected", "invalid submissions found in the inbox");
        resent = counter("leasehold.inbox.resent", "submissions sent on to their home shard");
        written = counter("leasehold.journal.written.bytes", "records written to the journal");
        carried = counter("leasehold.journal.carried.bytes", "what of that had been written before, to keep it short");
        meters.add(append);
        meters.add(replay);
        gauge("leasehold.shard.owned", "1 if this copy serves the shard");
        gauge("leasehold.shard.standby", "1 if this copy follows an owner's journal and has caught up with it");
        gauge("leasehold.shard.fill", "part of the limit in tasks or bytes, whichever is nearer; full at 1");
        for (String kind : PROBLEMS) {
            gauge(PROBLEM, "1 while the owner knows that something is wrong with its shard", "kind", kind);
        }
        gauge("leasehold.leases.held", "leases in force");
        gauge("leasehold.lease.silence.seconds", "how long the worker that was silent longest has been silent");
        gauge("leasehold.inbox.lag", "records in the inbox that are not settled");
        gauge("leasehold.mailbox.depth", "requests that wait for the shard");
        gauge("leasehold.mailbox.limit", "how many requests, and as many heartbeats, may wait for it");
        gauge("leasehold.tasks.remembered", "tasks in memory, ended ones included");
        gauge("leasehold.tasks.bytes", "about how much memory they take");
        gauge("leasehold.journal.replay.bytes", "length of the journal's part that a replay would read");
        gauge("leasehold.journal.live.bytes", "what of that matters, about");
        gauge("leasehold.dedupe.window.seconds", "age of the youngest end that was forgotten; 0 if none ever was");
        gauge("leasehold.ends.unpublished", "ends that are not public yet");
        gauge("leasehold.clock.skew.seconds", "how far this clock is off the broker's");
    }

    private Counter counter(String name, String description, String... tags) {
        Counter counter = Counter.builder(name)
                .description(description)
                .tag("shard", shard)
                .tags(tags)
                .register(registry);
        meters.add(counter);
        return counter;
    }

    private void gauge(String name, String description, String... tags) {
        Level level = new Level();
        gauges.put(name + (tags.length == 0 ? "" : "." + tags[1]), level);
        meters.add(Gauge.builder(name, level, one -> one.value)
                .description(description)
                .tag("shard", shard)
                .tags(tags)
                .register(registry));
    }

    void accepted(String queue) {
        queue(queue).accepted.increment();
    }

    void leased(String queue, int priority, long waitedMs) {
        queue(queue).leased(priority, waitedMs);
    }

    void ran(String queue, long ranMs) {
        queue(queue).run.record(Math.max(0, ranMs), TimeUnit.MILLISECONDS);
    }

    void failed(String queue) {
        queue(queue).failures.increment();
    }

    void expired(String queue) {
        queue(queue).expiries.increment();
    }

    void ended(String queue, TaskState state) {
        queue(queue).ended(state);
    }

    void requeued(String queue, String cause) {
        queue(queue).requeued(cause);
    }

    void heartbeat(Heartbeat.Status told) {
        heartbeats.get(told).increment();
    }

    void arrived(int rejected, int resent) {
        this.rejected.increment(rejected);
        this.resent.increment(resent);
    }

    void carried(int bytes) {
        carried.increment(bytes);
    }

    void appended(long nanos, int bytes) {
        written.increment(bytes);
        append.record(nanos, TimeUnit.NANOSECONDS);
    }

    void replayed(long ms) {
        replay.record(ms, TimeUnit.MILLISECONDS);
    }

    private QueueMeters queue(String name) {
        QueueMeters found = queues.get(name);
        if (found != null) {
            return found;
        }
        String label = labels.of(name);
        return queues.computeIfAbsent(label, one -> new QueueMeters(registry, shard, one));
    }

    OwnershipMeters ownership() {
        return ownership;
    }

    /** This copy follows the journal of a shard that somebody else serves, or nobody. */
    void follows(boolean hasCaughtUp) {
        set("leasehold.shard.owned", 0);
        set("leasehold.shard.standby", hasCaughtUp ? 1 : 0);
    }

    /** Takes the figures of an owner that only the shard's thread can see. */
    void look(ShardState state, Owner owner, Mailbox mailbox, long nowMs) {
        set("leasehold.shard.owned", 1);
        set("leasehold.shard.standby", 0);
        set("leasehold.shard.fill", owner.decider().fill());
        set(PROBLEM + ".admission", owner.admission().problem() == null ? 0 : 1);
        set(PROBLEM + ".journal", owner.carrying().problem() == null ? 0 : 1);
        set(PROBLEM + ".clock", owner.gate().isClockTrusted() ? 0 : 1);
        set("leasehold.leases.held", state.leased());
        set("leasehold.lease.silence.seconds", seconds(owner.clocks().longestSilenceMs(owner.leaseNowMs())));
        set("leasehold.inbox.lag", Math.max(0, owner.admission().endOffset() - state.inboxOffset()));
        set("leasehold.mailbox.depth", mailbox.depth());
        set("leasehold.mailbox.limit", mailbox.capacity());
        set("leasehold.tasks.remembered", state.remembered());
        set("leasehold.tasks.bytes", state.bytes());
        set("leasehold.journal.replay.bytes", owner.gate().replayPart().bytes());
        set("leasehold.journal.live.bytes", owner.carrying().liveBytes());
        set("leasehold.dedupe.window.seconds", seconds(owner.carrying().dedupeWindowMs()));
        set("leasehold.ends.unpublished", owner.ends().waiting());
        set("leasehold.clock.skew.seconds", seconds(owner.gate().clockSkewMs()));
        queues.values().forEach(QueueMeters::clearLevels);
        state.queues().forEach(queue -> queue(queue.name()).addLevels(queue, nowMs));
    }

    private static double seconds(long ms) {
        return ms / 1_000.0;
    }

    private void set(String gauge, double value) {
        gauges.get(gauge).value = value;
    }

    void close() {
        meters.forEach(registry::remove);
        queues.values().forEach(QueueMeters::close);
    }
}

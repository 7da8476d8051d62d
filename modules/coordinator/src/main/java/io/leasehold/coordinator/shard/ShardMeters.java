package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskQueue;
import io.leasehold.core.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The figures of one copy of a shard; removed with it, so that a shard that moved is not counted twice. What is counted of
 * copies themselves stays: {@link OwnershipMeters}.
 */
public final class ShardMeters {
    /** The levels of a shard with more of them are put together over several looks. */
    static final int MOST_QUEUES_A_LOOK = 2_000;

    private static final String REJECTED = "records of the inbox that went to the topic of rejected ones";
    private static final String REFUSED = "tasks that were refused over HTTP because the shard holds as much as it may";

    private final MeterRegistry registry;
    private final QueueLabels labels;
    private final String shard;
    private final Map<String, QueueMeters> queues = new HashMap<>();
    /** How many events queues without a label of their own have had since the labels were settled. */
    private final Map<String, long[]> wanting = new HashMap<>();

    private final List<Meter> meters = new ArrayList<>();
    private final ShardLevels levels;
    private final Map<Heartbeat.Status, Counter> heartbeats = new EnumMap<>(Heartbeat.Status.class);
    private final OwnershipMeters ownership;
    private final Timer append;
    private final Timer replay;
    private final Counter invalid;
    private final Counter ofQueuesTooMany;
    private final Map<Accepted, Counter> refused = new EnumMap<>(Accepted.class);
    private final Counter resent;
    private final Counter written;
    private final Counter carried;
    private Iterator<TaskQueue> walk;

    public ShardMeters(MeterRegistry registry, QueueLabels labels, int shard) {
        this.registry = registry;
        this.labels = labels;
        this.shard = Integer.toString(shard);
        ownership = new OwnershipMeters(registry);
        levels = new ShardLevels(registry, this.shard);
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
        invalid = counter("leasehold.inbox.rejected", REJECTED, "reason", "invalid");
        ofQueuesTooMany = counter("leasehold.inbox.rejected", REJECTED, "reason", "too-many-queues");
        refused.put(Accepted.FULL, counter("leasehold.tasks.refused", REFUSED, "reason", "full"));
        refused.put(Accepted.TOO_MANY_QUEUES, counter("leasehold.tasks.refused", REFUSED, "reason", "too-many-queues"));
        resent = counter("leasehold.inbox.resent", "submissions sent on to their home shard");
        written = counter("leasehold.journal.written.bytes", "records written to the journal");
        carried = counter("leasehold.journal.carried.bytes", "what of that had been written before, to keep it short");
        meters.add(append);
        meters.add(replay);
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

    void accepted(String queue) {
        busy(queue).accepted.increment();
    }

    void leased(String queue, int priority, long waitedMs) {
        busy(queue).leased(priority, waitedMs);
    }

    void ran(String queue, long ranMs) {
        busy(queue).run.record(Math.max(0, ranMs), TimeUnit.MILLISECONDS);
    }

    void failed(String queue) {
        busy(queue).failures.increment();
    }

    void expired(String queue) {
        busy(queue).expiries.increment();
    }

    void ended(String queue, TaskState state) {
        busy(queue).ended(state);
    }

    void requeued(String queue, String cause) {
        busy(queue).requeued(cause);
    }

    void heartbeat(Heartbeat.Status told) {
        heartbeats.get(told).increment();
    }

    /** So many records of the inbox are of one queue too many. */
    void rejected(int records) {
        ofQueuesTooMany.increment(records);
    }

    /** A task came over HTTP. */
    void submitted(Accepted accepted) {
        Counter counter = refused.get(accepted);
        if (counter != null) {
            counter.increment();
        }
    }

    void arrived(int rejected, int resent) {
        invalid.increment(rejected);
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

    /** Of a queue in which something happens, which is counted for its label's sake. */
    private QueueMeters busy(String name) {
        QueueMeters found = queues.get(name);
        if (found == null) {
            String label = labels.of(name);
            found = ofLabel(label);
            if (!label.equals(name)) {
                countWanting(name);
            }
        }
        found.hasEvent();
        return found;
    }

    private void countWanting(String name) {
        long[] events = wanting.get(name);
        if (events != null) {
            events[0]++;
        } else if (wanting.size() < QueueLabels.MOST_WANTING) {
            wanting.put(name, new long[] {1});
        }
    }

    private QueueMeters queue(String name) {
        QueueMeters found = queues.get(name);
        return found != null ? found : ofLabel(labels.of(name));
    }

    private QueueMeters ofLabel(String label) {
        return queues.computeIfAbsent(label, one -> new QueueMeters(registry, shard, one));
    }

    OwnershipMeters ownership() {
        return ownership;
    }

    /** This copy follows the journal of a shard that somebody else serves, or nobody. */
    void follows(boolean hasCaughtUp) {
        levels.follows(hasCaughtUp);
    }

    /** Takes the figures of an owner that only the shard's thread can see. */
    void look(ShardState state, Owner owner, Mailbox mailbox, long nowMs) {
        levels.look(state, owner, mailbox);
        lookAtQueues(state, nowMs);
    }

    /** A slice of them a call, so that a shard with very many queues does not stand still for its figures. */
    private void lookAtQueues(ShardState state, long nowMs) {
        if (walk == null || !walk.hasNext()) {
            walk = new ArrayList<>(state.queues()).iterator();
        }
        for (int i = 0; i < MOST_QUEUES_A_LOOK && walk.hasNext(); i++) {
            TaskQueue queue = walk.next();
            queue(queue.name()).addLevels(queue, nowMs);
        }
        if (!walk.hasNext()) {
            queues.values().forEach(QueueMeters::showLevels);
            settleLabels(nowMs);
        }
    }

    /** Between two walks, so that none shows a queue under two names. */
    private void settleLabels(long nowMs) {
        queues.forEach((label, meters) -> labels.used(label, meters.takeEvents(), meters.isEmpty(), nowMs));
        wanting.forEach((name, events) -> labels.wanted(name, events[0], nowMs));
        wanting.clear();
        queues.entrySet().removeIf(each -> {
            boolean isGivenBack = !each.getKey().equals(QueueLabels.OTHER) && !labels.isOwn(each.getKey());
            if (isGivenBack) {
                each.getValue().close();
            }
            return isGivenBack;
        });
    }

    void close() {
        meters.forEach(registry::remove);
        levels.close();
        queues.values().forEach(QueueMeters::close);
    }
}

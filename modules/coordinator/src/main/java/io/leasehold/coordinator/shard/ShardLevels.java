package io.leasehold.coordinator.shard;

import io.leasehold.core.state.ShardState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where one copy of a shard stands: gauges that are set now and then by the shard's thread, and read by whoever scrapes. */
final class ShardLevels {
    private static final String PROBLEM = "leasehold.shard.problem";
    private static final List<String> PROBLEMS = List.of("admission", "journal", "ends", "clock");

    private static final class Level {
        private volatile double value;
    }

    private final MeterRegistry registry;
    private final String shard;
    private final Map<String, Level> levels = new HashMap<>();
    private final List<Gauge> gauges = new ArrayList<>();

    ShardLevels(MeterRegistry registry, String shard) {
        this.registry = registry;
        this.shard = shard;
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
        gauge("leasehold.ends.unpublished.bytes", "how much memory they take, about");
        gauge("leasehold.clock.skew.seconds", "how far this clock is off the broker's");
    }

    private void gauge(String name, String description, String... tags) {
        Level level = new Level();
        levels.put(name + (tags.length == 0 ? "" : "." + tags[1]), level);
        gauges.add(Gauge.builder(name, level, one -> one.value)
                .description(description)
                .tag("shard", shard)
                .tags(tags)
                .register(registry));
    }

    /** This copy follows the journal of a shard that somebody else serves, or nobody. */
    void follows(boolean hasCaughtUp) {
        set("leasehold.shard.owned", 0);
        set("leasehold.shard.standby", hasCaughtUp ? 1 : 0);
    }

    /** Takes the figures of an owner that only the shard's thread can see. */
    void look(ShardState state, Owner owner, Mailbox mailbox) {
        set("leasehold.shard.owned", 1);
        set("leasehold.shard.standby", 0);
        set("leasehold.shard.fill", owner.decider().fill());
        set(PROBLEM + ".admission", owner.admission().problem() == null ? 0 : 1);
        set(PROBLEM + ".journal", owner.carrying().problem() == null ? 0 : 1);
        set(PROBLEM + ".ends", owner.holdsLeasesBack() ? 1 : 0);
        set(PROBLEM + ".clock", owner.isTimeWrong() ? 1 : 0);
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
        set("leasehold.ends.unpublished.bytes", state.unpublishedBytes());
        set("leasehold.clock.skew.seconds", seconds(owner.gate().clockSkewMs()));
    }

    private static double seconds(long ms) {
        return ms / 1_000.0;
    }

    private void set(String gauge, double value) {
        levels.get(gauge).value = value;
    }

    void close() {
        gauges.forEach(registry::remove);
    }
}

package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops this process's copies of shards as the cluster map says. ZooKeeper's word is a hint for liveness: a
 * copy that owns its shard goes on while the map cannot be read. One thread of its own.
 */
public final class ShardHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardHost.class);
    private static final long LOOK_EVERY_MS = 250;
    private static final long SHORTEST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 15_000;

    private static final class Copy {
        final ShardThread thread;
        volatile boolean caughtUp;
        volatile boolean over;
        volatile ShardStatus status = ShardStatus.FOLLOWING;
        boolean asked;
        long epoch;

        Copy(ShardThread thread) {
            this.thread = thread;
        }
    }

    private static final class Pause {
        long untilMs;
        long lengthMs;
    }

    private final String me;
    private final Membership membership;
    private final FrontDesk desk;
    private final ShardOpener opener;
    private final Clock clock;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "shard-host");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Integer, Copy> copies = new ConcurrentHashMap<>();
    private final Map<Integer, Pause> pauses = new HashMap<>();
    private volatile boolean stopping;

    public ShardHost(String me, Membership membership, FrontDesk desk, ShardOpener opener, Clock clock) {
        this.me = me;
        this.membership = membership;
        this.desk = desk;
        this.opener = opener;
        this.clock = clock;
    }

    public void start() {
        membership.start(map -> soon());
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void soon() {
        if (!stopping) {
            executor.execute(this::look);
        }
    }

    private void look() {
        try {
            ClusterMap map = membership.map();
            for (int shard = 0; shard < map.shards().size(); shard++) {
                look(map, shard);
            }
        } catch (RuntimeException e) {
            LOG.error("looking after the shards failed; trying again", e);
        }
    }

    private void look(ClusterMap map, int shard) {
        Copy copy = copies.get(shard);
        if (copy != null && copy.over) {
            bury(map, shard, copy);
            copy = null;
        }
        boolean released = copy != null && copy.thread.loop().sawRelease();
        ShardPlan plan = ShardPlan.of(
                me, map, shard, copy == null ? null : copy.status, copy != null && copy.caughtUp, released);
        switch (plan) {
            case OPEN -> open(shard);
            case OFFER -> {
                if (!copy.asked) {
                    copy.asked = true;
                    membership.caughtUp(shard);
                }
            }
            case CLAIM -> copy.thread.loop().claim();
            case RELEASE -> copy.thread.loop().release();
            case CLOSE -> copy.thread.loop().close();
            case DISOWN -> membership.released(shard, map.shards().get(shard).epoch());
            case KEEP -> {}
        }
    }

    private void open(int shard) {
        Pause pause = pauses.get(shard);
        if (stopping || (pause != null && clock.monotonicMs() < pause.untilMs)) {
            return;
        }
        try {
            Ears ears = new Ears(shard);
            ShardLoop loop = opener.open(shard, ears);
            Copy copy = new Copy(new ShardThread(loop));
            ears.copy = copy;
            copies.put(shard, copy);
            copy.thread.start();
        } catch (RuntimeException e) {
            LOG.warn("shard {}: cannot be opened: {}", shard, e.getMessage());
            pause(shard);
        }
    }

    /** A copy that is over: its number is free again, after a pause if it failed. */
    private void bury(ClusterMap map, int shard, Copy copy) {
        copies.remove(shard, copy);
        desk.closed(shard, copy.thread.loop().door());
        boolean owned = copy.epoch > 0;
        if (owned
                && (copy.status == ShardStatus.RELEASED
                        || !me.equals(map.shards().get(shard).assigned()))) {
            membership.released(shard, copy.epoch);
        }
        if (copy.status == ShardStatus.STOPPED) {
            pause(shard).lengthMs = LONGEST_PAUSE_MS;
        } else if (copy.status == ShardStatus.FAILED) {
            pause(shard);
        }
    }

    private Pause pause(int shard) {
        Pause pause = pauses.computeIfAbsent(shard, one -> new Pause());
        pause.lengthMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, pause.lengthMs * 2));
        long jitterMs = (long) (Math.random() * pause.lengthMs / 2);
        pause.untilMs = clock.monotonicMs() + pause.lengthMs - jitterMs;
        return pause;
    }

    /**
     * Leaves the cluster in good order: the shards are assigned to others, and each is given up once its next owner is
     * ready. Returns when none is left, or after {@code patience}.
     */
    public boolean handOver(Duration patience) throws InterruptedException {
        membership.leave();
        long until = clock.monotonicMs() + patience.toMillis();
        while (copies.values().stream()
                .anyMatch(copy -> copy.status == ShardStatus.ACTIVE || copy.status == ShardStatus.RELEASING)) {
            if (clock.monotonicMs() > until || nobodyElse()) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    private boolean nobodyElse() {
        return membership.map().members().stream()
                .allMatch(member -> member.leaving() || member.id().equals(me));
    }

    /** Gives up every shard, in good order where that is quick, and stops. */
    @Override
    public void close() {
        stopping = true;
        copies.values().forEach(copy -> copy.thread.loop().release());
        try {
            for (Copy copy : copies.values()) {
                if (copy.status == ShardStatus.ACTIVE || copy.status == ShardStatus.RELEASING) {
                    copy.thread.join(2_000);
                }
                copy.thread.loop().close();
                copy.thread.join(1_000);
            }
            executor.shutdownNow();
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        copies.forEach((shard, copy) -> {
            if (copy.epoch > 0) {
                membership.released(shard, copy.epoch);
            }
        });
    }

    /** Hears a copy, on its thread. */
    private final class Ears implements ShardListener {
        private final int shard;
        private volatile Copy copy;

        Ears(int shard) {
            this.shard = shard;
        }

        @Override
        public void onStatus(ShardLoop loop, ShardStatus status, String problem) {
            Copy mine = copy;
            if (status == ShardStatus.ACTIVE) {
                mine.epoch = loop.view().epoch();
                membership.owns(shard, mine.epoch);
                executor.execute(() -> pauses.remove(shard));
            }
            mine.status = status;
            mine.over = loop.isOver();
            soon();
        }

        @Override
        public void onCaughtUp(ShardLoop loop) {
            copy.caughtUp = true;
            soon();
        }
    }
}

package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.host.FoldAgreement;
import io.leasehold.coordinator.host.ShardKeeper;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.core.state.Fold;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** One coordinator with a keeper, on the caller's thread; all coordinators of a test share the logs. */
public final class OneKeeper {
    public final FrontDesk desk;
    public final ShardKeeper keeper;
    public final Membership membership;
    public final HeldPeers peers = new HeldPeers();
    private final Map<Integer, ShardLoop> loops = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int opened;
    private boolean refusing;
    private boolean dead;

    public OneKeeper(String id, ManualClock clock, InMemoryCluster cluster, Map<Integer, InMemoryLogs> logs) {
        this(id, clock, cluster, logs, Fold.VERSION);
    }

    /** @param foldVersion the newest that its release reads and writes */
    public OneKeeper(
            String id, ManualClock clock, InMemoryCluster cluster, Map<Integer, InMemoryLogs> logs, int foldVersion) {
        desk = new FrontDesk(clock, 1_000);
        membership = cluster.join(id, "http://" + id, foldVersion);
        keeper = new ShardKeeper(
                id,
                membership,
                peers,
                desk,
                (shard, listener) -> {
                    opened++;
                    if (refusing) {
                        throw new IllegalStateException("no broker");
                    }
                    ShardLoop loop = OneShard.loop(
                            shard,
                            ShardOptions.of(id).withFoldVersion(foldVersion),
                            clock,
                            logs.get(shard),
                            desk,
                            listener,
                            meters);
                    loops.put(shard, loop);
                    return loop;
                },
                Runnable::run,
                clock,
                bound -> 0,
                new FoldAgreement(foldVersion, 60_000, clock),
                () -> {});
    }

    /** Looks and turns until nothing is left to do now. */
    public OneKeeper settle() {
        for (int i = 0; i < 20 && !dead; i++) {
            keeper.look();
            loops.values().forEach(ShardLoop::turn);
        }
        return this;
    }

    /** The process ends: nothing of it is looked at or turned any more. */
    public void die() {
        dead = true;
    }

    /** From now on copies can, or cannot, be made. */
    public void refuse(boolean refusing) {
        this.refusing = refusing;
    }

    /** How often a copy was to be made. */
    public int opened() {
        return opened;
    }

    /** How often a journal was found to lack records that were acknowledged. */
    public int truncations() {
        return (int) meters.get("leasehold.journal.truncations").counter().count();
    }

    /** Of the copy made last. */
    public ShardLoop loop(int shard) {
        return loops.get(shard);
    }

    /** Of this coordinator's copy; null without one. */
    public ShardStatus status(int shard) {
        return desk.shards().stream()
                .filter(view -> view.shard() == shard)
                .map(view -> loops.get(shard).status())
                .findAny()
                .orElse(null);
    }
}

package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.core.decide.Chance;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, claims, gives up and drops this process's copies of shards as the cluster map says. The cluster's store is a hint
 * for liveness: a copy that owns its shard goes on while the map cannot be read.
 *
 * <p>It has no thread: whoever drives it calls {@link #look} now and then and whenever there is news, always from one
 * thread, and drives the loops that its {@link ShardOpener} makes. The other methods may be called from any thread.
 */
public final class ShardKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ShardKeeper.class);

    private final String me;
    private final Membership membership;
    private final FrontDesk desk;
    private final ShardOpener opener;
    private final Runnable news;
    private final Pauses pauses;
    private final Map<Integer, ShardCopy> copies = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param me this coordinator's id
     * @param news run, from any thread, whenever there is a reason to look: to call {@link #look} from within would be
     *     too early
     */
    public ShardKeeper(
            String me,
            Membership membership,
            FrontDesk desk,
            ShardOpener opener,
            Clock clock,
            Chance chance,
            Runnable news) {
        this.me = me;
        this.membership = membership;
        this.desk = desk;
        this.opener = opener;
        this.news = news;
        this.pauses = new Pauses(clock, chance);
    }

    /** Does all there is to do now. */
    public void look() {
        ClusterMap map = membership.map();
        for (int shard = 0; shard < map.shards().size(); shard++) {
            look(map, shard);
        }
    }

    private void look(ClusterMap map, int shard) {
        ShardCopy copy = copies.get(shard);
        if (copy != null && copy.isOver()) {
            bury(map, shard, copy);
            copy = null;
        }
        switch (plan(map, shard, copy)) {
            case OPEN -> open(shard);
            case OFFER -> copy.offer();
            case CLAIM -> copy.loop().claim();
            case RELEASE -> copy.loop().release();
            case CLOSE -> copy.loop().close();
            case DISOWN -> membership.released(shard, map.shards().get(shard).epoch());
            case KEEP -> {}
        }
        if (copy != null && copy.status() == ShardStatus.ACTIVE) {
            pauses.succeeded(shard);
        }
    }

    private ShardPlan plan(ClusterMap map, int shard, ShardCopy copy) {
        return copy == null
                ? ShardPlan.of(me, map, shard, null, false, false)
                : ShardPlan.of(
                        me,
                        map,
                        shard,
                        copy.status(),
                        copy.isCaughtUp(),
                        copy.loop().sawRelease());
    }

    private void open(int shard) {
        if (stopping || pauses.isPaused(shard)) {
            return;
        }
        ShardCopy copy = new ShardCopy(shard, membership, news);
        try {
            copy.opened(opener.open(shard, copy));
            copies.put(shard, copy);
        } catch (RuntimeException e) {
            LOG.warn("shard {}: cannot be opened: {}", shard, e.getMessage());
            pauses.failed(shard);
        }
    }

    /** A copy that is over: its number is free again, after a pause if it failed. */
    private void bury(ClusterMap map, int shard, ShardCopy copy) {
        copies.remove(shard, copy);
        desk.closed(shard, copy.loop().door());
        boolean goesElsewhere = !me.equals(map.shards().get(shard).assigned());
        if (copy.epoch() > 0 && (copy.status() == ShardStatus.RELEASED || goesElsewhere)) {
            membership.released(shard, copy.epoch());
        }
        if (copy.status() == ShardStatus.STOPPED) {
            pauses.stopped(shard);
        } else if (copy.status() == ShardStatus.FAILED) {
            pauses.failed(shard);
        }
    }

    /** From now on the shards are to go to other coordinators, each once its next owner is ready. */
    public void leave() {
        membership.leave();
    }

    /** Whether this process serves any shard. */
    public boolean isServing() {
        return copies.values().stream().anyMatch(ShardCopy::isServing);
    }

    /** Whether no other coordinator could take a shard, as far as is known. */
    public boolean isAlone() {
        return membership.map().members().stream()
                .allMatch(member -> member.leaving() || member.id().equals(me));
    }

    /** Gives every shard up, ready successor or not, and opens none any more. */
    public void releaseAll() {
        stopping = true;
        copies.values().forEach(copy -> copy.loop().release());
    }

    /** Ends all copies at once. */
    public void closeAll() {
        stopping = true;
        copies.values().forEach(copy -> copy.loop().close());
    }

    /** Lets the cluster know what was given up; to be called once all copies are over. */
    public void sayReleased() {
        copies.forEach((shard, copy) -> {
            if (copy.epoch() > 0) {
                membership.released(shard, copy.epoch());
            }
        });
    }
}

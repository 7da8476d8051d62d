package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.host.ShardPlan.Facts;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Peers;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.shard.AgreedFold;
import io.leasehold.core.decide.Chance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, claims, gives up and drops this process's copies of shards: of those assigned to it, and of those it stands by
 * for. The cluster's store is a hint for liveness: a copy that owns its shard goes on while the map cannot be read, and an
 * owner that seems to be dead is superseded whatever the map says. Should it live, the log has decided against it, and it
 * comes back in good order.
 *
 * <p>It has no thread: whoever drives it calls {@link #look} now and then and whenever there is news, always from one
 * thread, and drives the loops that its {@link ShardOpener} makes. The other methods may be called from any thread.
 */
public final class ShardKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ShardKeeper.class);
    private static final long COUNT_EVERY_MS = 5_000;

    private final String me;
    private final Membership membership;
    private final Peers peers;
    private final FrontDesk desk;
    private final ShardOpener opener;
    private final Executor openings;
    private final Runnable news;
    private final Clock clock;
    private final Pauses pauses;
    private final Suspicions suspicions;
    private final Waits waits;
    private final FoldAgreement agreement;
    private final Map<Integer, ShardCopy> copies = new ConcurrentHashMap<>();
    /** The newest epoch of this process's own, by shard. */
    private final Map<Integer, Long> owned = new HashMap<>();

    private final WitnessMemory memory = new WitnessMemory();
    /** What was known of a shard until somebody else was found to serve it, until a copy here has read that one's claim. */
    private final Map<Integer, Witness> doubtful = new HashMap<>();

    private long countedMs = Long.MIN_VALUE / 2;
    private volatile boolean stopping;

    /**
     * @param me this coordinator's id
     * @param openings where copies are opened: what blocks there must hold up neither {@link #look} nor other shards
     * @param agreement told every map that is looked at
     * @param news run, from any thread, whenever there is a reason to look: to call {@link #look} from within would be
     *     too early
     */
    public ShardKeeper(
            String me,
            Membership membership,
            Peers peers,
            FrontDesk desk,
            ShardOpener opener,
            Executor openings,
            Clock clock,
            Chance chance,
            FoldAgreement agreement,
            Runnable news) {
        this.me = me;
        this.membership = membership;
        this.peers = peers;
        this.desk = desk;
        this.opener = opener;
        this.openings = openings;
        this.news = news;
        this.clock = clock;
        this.pauses = new Pauses(clock, chance);
        this.suspicions = new Suspicions(clock);
        this.waits = new Waits(clock);
        this.agreement = agreement;
    }

    /** Does all there is to do now. */
    public void look() {
        ClusterMap map = membership.map();
        peers.watch(
                map.members().stream().filter(member -> !member.id().equals(me)).toList(), news);
        AgreedFold agreed = agreement.look(map);
        // Before any of them is told to claim.
        List<ShardCopy> opened = opened();
        opened.forEach(copy -> copy.loop().agreed(agreed));
        for (int shard = 0; shard < map.shards().size(); shard++) {
            look(map, shard, opened);
        }
    }

    private void look(ClusterMap map, int shard, List<ShardCopy> opened) {
        ShardCopy copy = copies.get(shard);
        if (copy != null && copy.isBroken()) {
            dropUnopened(shard, copy);
            copy = null;
        }
        if (copy != null && !opened.contains(copy)) {
            return;
        }
        if (copy != null && copy.epoch() > 0) {
            // After a loss it may be lower than one before.
            owned.put(shard, copy.epoch());
        }
        remember(map, shard, copy);
        count(map, copy);
        if (copy != null && copy.isOver()) {
            if (isToBeSeen(map, shard, copy)) {
                return;
            }
            bury(map, shard, copy);
            copy = null;
        }
        Facts facts = facts(map, shard, copy);
        ShardPlan plan = ShardPlan.of(me, map, shard, facts);
        if (copy != null) {
            copy.offer(plan == ShardPlan.OFFER, memory.expected(shard));
            copy.bearWitness(clock.monotonicMs());
            if (map.connected()) {
                Member self = map.member(me);
                copy.correct(map.shards().get(shard), me, self == null ? null : self.url(), clock.monotonicMs());
            }
        }
        switch (plan) {
            case OPEN -> open(shard);
            case CLAIM -> claim(map, shard, copy, facts);
            case RELEASE -> copy.loop().release();
            case CLOSE -> copy.loop().close();
            case DISOWN -> membership.released(shard, map.shards().get(shard).epoch());
            case OFFER, KEEP -> {}
        }
    }

    /** The claims in the log are no hints: if they know of more shards than the store, it has forgotten them. */
    private void count(ClusterMap map, ShardCopy copy) {
        boolean more = copy != null && copy.loop().shardsSeen() > map.shards().size();
        if (more && map.connected() && clock.monotonicMs() - countedMs >= COUNT_EVERY_MS) {
            countedMs = clock.monotonicMs();
            membership.counted(copy.loop().shardsSeen());
        }
    }

    /** Takes in how far the journal had come, from the store and from this process's own copy. */
    private void remember(ClusterMap map, int shard, ShardCopy copy) {
        if (map.connected()) {
            Witness superseded = memory.stores(shard, map.shards().get(shard).witness());
            if (superseded != null) {
                doubtful.put(shard, superseded);
            }
        }
        if (copy == null || copy.isOver()) {
            return;
        }
        memory.learn(shard, copy);
        Witness doubted = doubtful.get(shard);
        if (doubted != null && copy.isCaughtUp() && copy.loop().epochSeen() > doubted.epoch()) {
            doubtful.remove(shard);
            if (copy.loop().isOverwritten(doubted)) {
                copy.loop().sayLost(doubted);
            }
        }
    }

    /** A copy is over: what it knew of the journal stays known, here and to the others. */
    private void lastWord(int shard, ShardCopy copy) {
        memory.learn(shard, copy);
        Witness last = memory.lastWord(shard, copy);
        boolean wasOwner = copy.epoch() > 0;
        if (last != null && (wasOwner || copy.status() == ShardStatus.STOPPED)) {
            membership.witness(shard, last);
        }
    }

    private Facts facts(ClusterMap map, int shard, ShardCopy copy) {
        Place place = map.shards().get(shard);
        long ownEpoch = owned.getOrDefault(shard, 0L);
        boolean released = copy != null && copy.loop().sawRelease();
        boolean silent =
                copy != null && copy.loop().epochSeen() > 0 && copy.loop().isOwnerSilent() && !released;
        boolean gaveUp = ownEpoch > 0 && place.epoch() == ownEpoch && place.owner() == null;
        boolean toBeHad = map.connected()
                && (map.ownerOf(shard) == null || released)
                && (gaveUp || (copy != null && copy.isCaughtUp()));
        return new Facts(
                copy == null ? null : copy.status(),
                copy != null && copy.isCaughtUp(),
                released,
                copy != null && ownEpoch > 0 && copy.loop().epochSeen() == ownEpoch,
                silent || isGone(map.ownerOf(shard)),
                place.assigned() != null && isGone(map.member(place.assigned())),
                waits.isOverdue(shard, toBeHad));
    }

    private boolean isGone(Member member) {
        return member != null && !member.id().equals(me) && peers.isGone(member);
    }

    private void open(int shard) {
        if (stopping || pauses.isPaused(shard)) {
            return;
        }
        ShardCopy copy = new ShardCopy(shard, membership, news);
        copies.put(shard, copy);
        openings.execute(() -> open(shard, copy));
        if (copy.isBroken()) {
            dropUnopened(shard, copy);
        }
    }

    /** May take long, on a thread of its own. */
    private void open(int shard, ShardCopy copy) {
        try {
            copy.opened(opener.open(shard, copy));
            if (stopping) {
                copy.loop().close();
            }
        } catch (Throwable e) {
            LOG.warn("shard {}: cannot be opened: {}", shard, e.getMessage() == null ? e.toString() : e.getMessage());
            copy.couldNotBeOpened();
        }
        news.run();
    }

    private void dropUnopened(int shard, ShardCopy copy) {
        copies.remove(shard, copy);
        pauses.failed(shard);
    }

    private void claim(ClusterMap map, int shard, ShardCopy copy, Facts facts) {
        boolean named = me.equals(map.shards().get(shard).assigned());
        if (copy.hasClaimed() || !(named || suspicions.allow(shard))) {
            return;
        }
        if (facts.ownerGone()) {
            LOG.info(
                    "shard {}: its owner {} is gone, as far as can be seen from here; claiming the shard",
                    shard,
                    map.shards().get(shard).owner());
        }
        copy.claim(memory.expected(shard));
    }

    /** A copy that stopped at something that only a person can mend says so for a while, before another one is made. */
    private boolean isToBeSeen(ClusterMap map, int shard, ShardCopy copy) {
        if (copy.status() != ShardStatus.STOPPED) {
            return false;
        }
        if (!copy.isStopSeen()) {
            copy.seenToStop();
            pauses.stopped(shard);
            lastWord(shard, copy);
            if (copy.epoch() > 0) {
                membership.released(shard, copy.epoch());
            }
        }
        return pauses.isPaused(shard) && ShardPlan.isNamed(me, map.shards().get(shard));
    }

    /** A copy that is over: its number is free again, after a pause if it failed. */
    private void bury(ClusterMap map, int shard, ShardCopy copy) {
        copies.remove(shard, copy);
        desk.closed(shard, copy.loop().door());
        if (!copy.isStopSeen()) {
            lastWord(shard, copy);
        }
        boolean goesElsewhere = !me.equals(map.shards().get(shard).assigned());
        if (copy.epoch() > 0 && (copy.status() == ShardStatus.RELEASED || goesElsewhere)) {
            membership.released(shard, copy.epoch());
        } else if (copy.epoch() > 0) {
            membership.ended(shard, copy.epoch());
        }
        if (copy.status() == ShardStatus.FAILED) {
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
        opened().forEach(copy -> copy.loop().release());
    }

    /** Ends all copies at once. */
    public void closeAll() {
        stopping = true;
        opened().forEach(copy -> copy.loop().close());
    }

    /** One that is being opened closes itself when it sees that all is stopping. */
    private List<ShardCopy> opened() {
        return copies.values().stream().filter(ShardCopy::isOpened).toList();
    }

    /** Lets the cluster know what was given up, and how far it had come; to be called once all copies are over. */
    public void sayReleased() {
        opened().forEach(copy -> {
            copy.bearWitness(clock.monotonicMs());
            if (copy.epoch() > 0) {
                membership.released(copy.shard(), copy.epoch());
            }
        });
    }
}

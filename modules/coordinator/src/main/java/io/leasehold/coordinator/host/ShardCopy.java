package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import java.util.List;
import java.util.Objects;

/** One copy of a shard, as its keeper knows it: hears the copy on the copy's thread, is looked at by the keeper. */
final class ShardCopy implements ShardListener {
    private static final long WITNESS_EVERY_MS = 10_000;
    private static final long CORRECT_EVERY_MS = 1_000;

    private final int shard;
    private final Membership membership;
    private final Runnable news;
    private volatile ShardLoop loop;
    private volatile boolean broken;
    private boolean offered;
    private List<Witness> offeredWith = List.of();
    private boolean claimed;
    private Place contested;
    private long contestedMs;
    private long correctedMs = Long.MIN_VALUE / 2;
    private boolean stopSeen;
    private long witnessedMs = Long.MIN_VALUE / 2;
    private volatile long epoch;
    private volatile boolean caughtUp;
    private volatile boolean over;
    private volatile ShardStatus status = ShardStatus.FOLLOWING;

    /** @param news run whenever there is a reason to look at the copy */
    ShardCopy(int shard, Membership membership, Runnable news) {
        this.shard = shard;
        this.membership = membership;
        this.news = news;
    }

    void opened(ShardLoop opened) {
        loop = opened;
    }

    int shard() {
        return shard;
    }

    /** Null until it is opened. */
    ShardLoop loop() {
        return loop;
    }

    boolean isOpened() {
        return loop != null;
    }

    void couldNotBeOpened() {
        broken = true;
    }

    /** Whether it will never be opened. */
    boolean isBroken() {
        return broken;
    }

    ShardStatus status() {
        return status;
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    boolean isOver() {
        return over;
    }

    /** Of its effective claim; 0 if it never owned the shard. */
    long epoch() {
        return epoch;
    }

    /** Whether requests are, or a moment ago were, served by it. */
    boolean isServing() {
        return status == ShardStatus.ACTIVE || status == ShardStatus.RELEASING;
    }

    /**
     * Tells the owner, once for as long as that goes on, that this copy is ready to take over, and is ready.
     *
     * @param expected how far the journal had come at least, as far as anything is known of it
     */
    void offer(boolean offering, List<Witness> expected) {
        boolean news = offering != offered;
        if (news || (offering && !expected.equals(offeredWith))) {
            offered = offering;
            offeredWith = expected;
            loop.claimOnRelease(offering, expected);
            if (offering && news) {
                membership.caughtUp(shard);
            }
        }
    }

    /** Whether {@link #seenToStop} was called. */
    boolean isStopSeen() {
        return stopSeen;
    }

    void seenToStop() {
        stopSeen = true;
    }

    boolean hasClaimed() {
        return claimed;
    }

    /** @param expected how far the journal had come at least, as far as anything is known of it */
    void claim(List<Witness> expected) {
        claimed = true;
        loop.claim(expected);
    }

    /**
     * An owner has the map corrected that names somebody else, or another claim. That the log is still its own is proven by
     * a record sent after the map was seen: had the claim on the map been effective by then, it would lie before that record.
     *
     * @param url of this coordinator, or null if that is not known
     */
    void correct(Place place, String me, String url, long nowMs) {
        boolean right = me.equals(place.owner()) && place.epoch() == epoch && (url == null || url.equals(place.url()));
        if (status != ShardStatus.ACTIVE || right) {
            contested = null;
        } else if (contested == null || !saysTheSame(contested, place)) {
            contested = place;
            contestedMs = nowMs;
        } else if (loop.provenMs() > contestedMs && nowMs - correctedMs >= CORRECT_EVERY_MS) {
            correctedMs = nowMs;
            membership.corrects(shard, epoch, place);
        }
    }

    private static boolean saysTheSame(Place one, Place other) {
        return one.epoch() == other.epoch()
                && Objects.equals(one.owner(), other.owner())
                && Objects.equals(one.url(), other.url());
    }

    /** An owner has written down at its claim, now and then, and at its end, however it ends, how far the journal has come. */
    void bearWitness(long nowMs) {
        boolean due = isServing() ? nowMs - witnessedMs >= WITNESS_EVERY_MS : over && epoch > 0;
        if (due && loop.witness() != null) {
            witnessedMs = nowMs;
            membership.witness(shard, loop.witness());
        }
    }

    @Override
    public void onStatus(ShardLoop copy, ShardStatus now, String problem) {
        if (now == ShardStatus.ACTIVE) {
            epoch = copy.view().epoch();
            membership.owns(shard, epoch);
        }
        status = now;
        over = copy.isOver();
        news.run();
    }

    @Override
    public void onCaughtUp(ShardLoop copy) {
        caughtUp = true;
        news.run();
    }
}

package io.leasehold.coordinator.host;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;

/** One copy of a shard, as its keeper knows it: hears the copy on the copy's thread, is looked at by the keeper. */
final class ShardCopy implements ShardListener {
    private final int shard;
    private final Membership membership;
    private final Runnable news;
    private ShardLoop loop;
    private boolean offered;
    private boolean claimed;
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

    ShardLoop loop() {
        return loop;
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

    /** Tells the owner, once for as long as that goes on, that this copy is ready to take over. */
    void offer(boolean offering) {
        if (offering && !offered) {
            membership.caughtUp(shard);
        }
        offered = offering;
    }

    boolean hasClaimed() {
        return claimed;
    }

    void claim() {
        claimed = true;
        loop.claim();
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

package io.leasehold.cluster;

/**
 * What this coordinator wants ZooKeeper to say of one shard. Wishes that come while ZooKeeper is away are folded into one,
 * so that what waits to be written never grows.
 *
 * @param epoch of the newest claim spoken of; older ones are passed over
 * @param waiting whether it waits to take the shard over
 * @param wrong what may stand there and is written over whatever its epoch, since the log says otherwise; or null
 */
record ShardIntent(Claim claim, long epoch, boolean waiting, OwnerNode wrong) {
    /** {@code UNSAID}: nothing to write. An owner goes on wanting it said, in case the store forgets. */
    enum Claim {
        UNSAID,
        OWNS,
        RELEASED
    }

    ShardIntent(Claim claim, long epoch, boolean waiting) {
        this(claim, epoch, waiting, null);
    }

    static final ShardIntent NONE = new ShardIntent(Claim.UNSAID, 0, false);

    ShardIntent owns(long claimed) {
        return claimed < epoch ? this : new ShardIntent(Claim.OWNS, claimed, false);
    }

    /** The log has the last word, also of an epoch that is lower than one spoken of before. */
    ShardIntent corrects(long claimed, OwnerNode wrong) {
        return new ShardIntent(Claim.OWNS, claimed, false, wrong);
    }

    /** Also for an epoch that was never written: it stands above whatever owner the record names. */
    ShardIntent released(long claimed) {
        return claimed < epoch ? this : new ShardIntent(Claim.RELEASED, claimed, waiting);
    }

    /** The copy that made the claim is over: nobody here can stand up for it if the map says something else. */
    ShardIntent ended(long claimed) {
        return claim == Claim.OWNS && claimed == epoch ? settled() : this;
    }

    /** Who waits for a shard does not own it; but that it was given up may still have to be written. */
    ShardIntent caughtUp() {
        return new ShardIntent(claim == Claim.OWNS ? Claim.UNSAID : claim, epoch, true);
    }

    /** Another coordinator is to take the shard over. */
    ShardIntent notWaiting() {
        return new ShardIntent(claim, epoch, false);
    }

    /** Nothing more needs to be said of the claim: it was given up in writing, or a higher one stands. */
    ShardIntent settled() {
        return new ShardIntent(Claim.UNSAID, epoch, waiting);
    }
}

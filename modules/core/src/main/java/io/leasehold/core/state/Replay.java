package io.leasehold.core.state;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.wire.UnreadableRecordException;

/**
 * Folds journal records one after another, as a claimant or a follower does, and holds the state against the digest that
 * every claim carries. Not thread-safe.
 */
public final class Replay {
    private final ShardState state;
    private final int newestVersion;
    private final Fold fold;
    private final TurnReader reader = new TurnReader();
    private long effective;
    private long voided;

    public Replay(ShardState state) {
        this(state, Fold.VERSION);
    }

    /** @param newestVersion as in {@link Fold} */
    public Replay(ShardState state, int newestVersion) {
        this.state = state;
        this.newestVersion = newestVersion;
        this.fold = new Fold(state, newestVersion);
    }

    /**
     * Folds the next record of the log.
     *
     * @return whether it was effective
     * @throws UnreadableRecordException if it is effective and this release cannot read it
     * @throws DivergedException if it is a claim by someone who saw another state than this one
     */
    public boolean apply(byte[] record) {
        TurnHeader header = reader.header(record);
        if (header.isClaim() && header.epoch() > state.epoch) {
            check(reader.claimAfterHeader(), header.epoch());
        }
        if (!fold.begin(header)) {
            voided++;
            return false;
        }
        effective++;
        reader.events(fold);
        return true;
    }

    public long effective() {
        return effective;
    }

    /** Records skipped because they were not the next of the claim in force. */
    public long voided() {
        return voided;
    }

    /**
     * Begins with this record, which must be one that starts with a base: the first to be folded.
     *
     * @throws UnreadableRecordException if it is not, or cannot be read
     */
    public void start(byte[] record) {
        TurnHeader header = reader.header(record);
        if (!reader.isBaseAfterHeader()) {
            throw new UnreadableRecordException("journal record to start from: no base (expected: a base)");
        }
        fold.beginAtBase(header);
        effective++;
        reader.events(fold);
    }

    private void check(Claim claim, long epoch) {
        if (claim.foldVersion() > newestVersion) {
            throw new UnreadableRecordException("fold version of claim " + epoch + ": " + claim.foldVersion()
                    + " (expected: at most " + newestVersion + ")");
        }
        if (claim.foldVersion() < Fold.OLDEST_VERSION
                || state.partial
                || claim.digestEpoch() != state.epoch
                || claim.digestSeq() != state.seq) {
            return;
        }
        long digest = StateDigest.of(state);
        if (claim.digest() != digest) {
            throw new DivergedException(epoch, claim.owner(), claim.digest(), digest);
        }
    }
}

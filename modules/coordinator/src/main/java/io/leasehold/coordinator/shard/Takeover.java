package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.core.decide.Chance;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;

/**
 * One attempt to own a shard: a claim is written behind everything read so far, and counts once everything before it, and
 * then itself, has been folded. Whatever lies before it is kept, whatever its predecessor still writes behind it is void.
 */
final class Takeover {
    private final Clock clock;
    private final long nonce;
    private long sentWallMs;
    private long sentMonotonicMs;
    private long offset = -1;
    private byte[] record;
    private Sent sent;
    private final long behind;

    /** @param behind one more than the last offset read: nothing that was read lies where the claim will */
    Takeover(Clock clock, Chance chance, long behind) {
        this.clock = clock;
        this.behind = behind;
        this.nonce = chance.upTo(Long.MAX_VALUE - 1);
    }

    /** Why this log cannot be the one that the state came from, or null. */
    static String wrongLog(Claim last, LogIdentity log) {
        if (last == null) {
            return null;
        }
        if (!last.clusterId().equals(log.clusterId())) {
            return "Kafka cluster id: " + log.clusterId() + " (expected: " + last.clusterId() + ")";
        }
        if (!last.journalTopicId().equals(log.journalTopicId())) {
            return "journal topic id: " + log.journalTopicId() + " (expected: " + last.journalTopicId() + ")";
        }
        return null;
    }

    /**
     * Why this coordinator may not claim yet, or null: shards only become more, and who knows fewer than the log would send
     * ids to homes of the past.
     */
    static String fewerShards(Claim last, LogIdentity log) {
        return last == null || log.shards() >= last.shards()
                ? null
                : "shards: " + log.shards() + " (expected: at least " + last.shards()
                        + ", as the journal says; this coordinator has not heard of them yet)";
    }

    /** The claim's record, to be sent at once. */
    byte[] record(ShardState state, LogIdentity log, ShardOptions options, AgreedFold agreed, long baseOffset) {
        Claim last = state.claim();
        TurnWriter writer = new TurnWriter();
        writer.begin(new TurnHeader(state.epoch() + 1, nonce, 0, state.nowMs(), baseOffset));
        writer.claimed(new Claim(
                options.owner(),
                log.clusterId(),
                log.journalTopicId(),
                last == null ? log.inboxTopicId() : last.inboxTopicId(),
                log.shards(),
                foldVersion(state, options, agreed),
                Math.max(options.proofMs(), state.proofMs()),
                StateDigest.of(state),
                state.epoch(),
                state.seq()));
        sentWallMs = clock.wallMs();
        sentMonotonicMs = clock.monotonicMs();
        record = writer.toRecord();
        return record;
    }

    /** A claim lowers nothing and raises nothing, since nobody settled it; the first of all begins with what everyone reads. */
    private static int foldVersion(ShardState state, ShardOptions options, AgreedFold agreed) {
        int version = state.epoch() == 0 ? Math.min(agreed.version(), options.foldVersion()) : state.foldVersion();
        return Math.max(Fold.OLDEST_VERSION, version);
    }

    /** What {@link #record} made. */
    byte[] sentRecord() {
        return record;
    }

    void appended(long offset, long appendTimeMs) {
        this.offset = offset;
        sent = new Sent(sentWallMs, sentMonotonicMs, clock.wallMs(), clock.monotonicMs(), appendTimeMs);
    }

    /** Once acknowledged: whether the claim stands where a record stood that was read before it was sent. */
    boolean isTooLow() {
        return offset >= 0 && offset < behind;
    }

    long behind() {
        return behind;
    }

    /** Whether the claim was acknowledged and everything up to it has been folded. */
    boolean isDecided(long nextOffset) {
        return offset >= 0 && nextOffset > offset;
    }

    /** Once decided: whether the shard is ours, nothing effective having come behind the claim. */
    boolean isWon(ShardState state) {
        return state.nonce() == nonce && state.seq() == 0;
    }

    Sent sent() {
        return sent;
    }
}

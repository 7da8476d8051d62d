package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import java.util.List;

/** Folds the journal from its beginning and keeps up with it, as long as somebody else owns the shard. */
final class Follower {
    private final long openedMs;
    private final ShardState state = new ShardState();
    private final Replay replay = new Replay(state);
    private final Silence silence;
    private long nextOffset;
    private long endOffset = Long.MAX_VALUE;
    private long caughtUpMs = -1;

    Follower(long monotonicMs) {
        this.openedMs = monotonicMs;
        this.silence = new Silence(monotonicMs);
    }

    /** @return whether there is news for whoever waits to take over: the end was reached, or the owner gave the shard up */
    boolean take(List<JournalRecord> records, long endOffset, long monotonicMs) {
        boolean wasReleased = state.isReleased();
        long before = replay.effective();
        for (JournalRecord one : records) {
            if (one.offset() >= nextOffset) {
                replay.apply(one.value());
                nextOffset = one.offset() + 1;
            }
        }
        this.endOffset = endOffset;
        silence.heard(replay.effective() > before, isAtEnd(), monotonicMs);
        boolean first = caughtUpMs < 0 && isAtEnd();
        if (first) {
            caughtUpMs = monotonicMs;
        }
        return first || (hasCaughtUp() && state.isReleased() && !wasReleased);
    }

    /** Whether everything has been folded that was in the journal when it was last read. */
    boolean isAtEnd() {
        return nextOffset >= endOffset;
    }

    boolean hasCaughtUp() {
        return caughtUpMs >= 0;
    }

    /** How long it took to reach the end for the first time; -1 before that. */
    long replayMs() {
        return caughtUpMs < 0 ? -1 : caughtUpMs - openedMs;
    }

    /** For how long the owner has written nothing, as far as the log was heard. */
    long silentMs() {
        return silence.lastsMs();
    }

    ShardState state() {
        return state;
    }

    /** One more than the last offset read. */
    long nextOffset() {
        return nextOffset;
    }

    @Override
    public String toString() {
        return "offset " + nextOffset + " in " + replayMs() + " ms (" + replay.effective() + " records, "
                + replay.voided() + " void)";
    }
}

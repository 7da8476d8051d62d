package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.List;

/** Folds the journal from where a replay may start and keeps up with it, as long as somebody else owns the shard. */
final class Follower {
    private final long openedMs;
    private final ShardState state;
    private final Replay replay;
    private final ReplayPart replayPart;
    private final Silence silence;
    private final long firstOffset;
    private long nextOffset;
    private long endOffset = Long.MAX_VALUE;
    private long caughtUpMs = -1;

    /** @param firstOffset of the base to start from; 0 for the journal's beginning */
    Follower(ShardState state, long firstOffset, long openedMs) {
        this.openedMs = openedMs;
        this.state = state;
        this.replay = new Replay(state);
        this.replayPart = new ReplayPart(firstOffset);
        this.firstOffset = firstOffset;
        this.nextOffset = firstOffset;
        this.silence = new Silence(openedMs);
    }

    /** @return whether there is news for whoever waits to take over: the end was reached, or the owner gave the shard up */
    boolean take(List<JournalRecord> records, long endOffset, long monotonicMs) {
        boolean wasReleased = state.isReleased();
        long before = replay.effective();
        for (JournalRecord one : records) {
            if (one.offset() >= nextOffset) {
                take(one);
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

    private void take(JournalRecord one) {
        if (one.offset() > nextOffset) {
            throw new UnreadableRecordException("journal: offset " + one.offset() + " after " + (nextOffset - 1)
                    + " (expected: every record in between)");
        }
        if (one.offset() == firstOffset && firstOffset > 0) {
            replay.start(one.value());
        } else {
            replay.apply(one.value());
        }
        replayPart.folded(one.offset(), one.value().length, state.generation(), state.trimmed());
        nextOffset = one.offset() + 1;
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

    ReplayPart replayPart() {
        return replayPart;
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

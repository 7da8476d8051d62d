package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.coordinator.port.RecordsLost;
import io.leasehold.core.event.Garbage;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.event.VoidMark;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds the journal from where a replay may start and keeps up with it, as long as somebody else owns the shard. */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final int shard;
    private final long openedMs;
    private final ShardState state;
    private final Replay replay;
    private final ReplayPart replayPart;
    private final Silence silence;
    private final long firstOffset;
    private final ClaimPlaces claims;
    private final TurnReader reader = new TurnReader();
    private final MarkSearch marks;
    /** Where garbage was stepped over. */
    private final Set<Long> garbage = new HashSet<>();

    private long nextOffset;
    private long effectiveEnd;
    private long endOffset = Long.MAX_VALUE;
    private long caughtUpMs = -1;
    /** When the broker took the last effective record, and the one before it; -1 if there was none. */
    private long lastMs = -1;

    private long secondLastMs = -1;

    /**
     * @param newestVersion of the fold's rules that is read
     * @param firstOffset of the base to start from; 0 for the journal's beginning
     * @param claims told of every claim that is effective
     */
    Follower(int shard, ShardState state, int newestVersion, long firstOffset, long openedMs, ClaimPlaces claims) {
        this.shard = shard;
        this.marks = new MarkSearch(shard);
        this.openedMs = openedMs;
        this.state = state;
        this.replay = new Replay(state, newestVersion);
        this.replayPart = new ReplayPart(firstOffset);
        this.firstOffset = firstOffset;
        this.claims = claims;
        this.nextOffset = firstOffset;
        this.silence = new Silence(openedMs);
    }

    /** @return whether there is news for whoever waits to take over: the end was reached, or the owner gave the shard up */
    boolean take(List<JournalRecord> records, long endOffset, long monotonicMs) {
        boolean wasReleased = state.isReleased();
        long before = replay.effective();
        this.endOffset = endOffset;
        for (JournalRecord one : records) {
            if (marks.isOn() && one.offset() >= marks.end()) {
                marks.hold(one);
            } else if (!marks.isOn() && one.offset() >= nextOffset) {
                take(one);
            }
        }
        stepOverGarbage();
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
            effective(one);
        } else {
            long epoch = state.epoch();
            boolean effective;
            try {
                effective = replay.apply(one.value());
            } catch (UnreadableRecordException e) {
                if (Garbage.problem(one.value()) == null) {
                    throw e;
                }
                // Nothing of it was folded. Only what lies behind it can say that it may be stepped over.
                marks.hold(one);
                return;
            }
            if (effective) {
                effective(one);
            } else {
                checkVoid(one);
            }
            if (state.epoch() > epoch) {
                claims.effective(state.epoch(), one.offset());
            }
        }
        passed(one);
    }

    /** Goes on with what is held as far as marks allow. Garbage without one stops this copy once the end was read. */
    private void stepOverGarbage() {
        while (marks.isOn()) {
            if (Garbage.problem(marks.first().value()) == null) {
                take(marks.next());
            } else if (marks.isFirstMarked()) {
                JournalRecord one = marks.next();
                LOG.warn(
                        "shard {}: stepped over {} bytes of garbage at offset {}: an operator's mark says that they are void",
                        shard,
                        one.value().length,
                        one.offset());
                garbage.add(one.offset());
                passed(one);
            } else if (marks.end() >= endOffset || marks.isFull()) {
                throw marks.unmarked();
            } else {
                return;
            }
        }
    }

    private void passed(JournalRecord one) {
        replayPart.folded(one.offset(), one.value().length, state.generation(), state.trimmed());
        nextOffset = one.offset() + 1;
    }

    private void effective(JournalRecord one) {
        secondLastMs = lastMs;
        lastMs = one.appendTimeMs();
        effectiveEnd = one.offset() + 1;
    }

    /**
     * What an owner writes lies behind its claim, which was read, or was void then. If it was neither, other records stand
     * by now where some of those stood that were read.
     */
    private void checkVoid(JournalRecord one) {
        checkMark(one);
        if (!hasCaughtUp()) {
            return;
        }
        TurnHeader header = reader.header(one.value());
        boolean fromUnknownClaim =
                header.epoch() > state.epoch() || (header.epoch() == state.epoch() && header.nonce() != state.nonce());
        if (!header.isClaim() && fromUnknownClaim) {
            throw new RecordsLost(
                    "the record at offset " + one.offset() + " follows a claim with epoch " + header.epoch()
                            + " that was not where it should have been read (expected: the claim with epoch "
                            + state.epoch() + " to be in force)",
                    null);
        }
    }

    /** A mark says nothing of a record that can be read, such as one of a release later than the one whose program made it. */
    private void checkMark(JournalRecord one) {
        VoidMark mark = VoidMark.read(one.value());
        if (mark != null && mark.offset() >= firstOffset && !garbage.contains(mark.offset())) {
            LOG.warn(
                    "shard {}: the mark at offset {} changes nothing: what lies at offset {} is no garbage, or is other"
                            + " garbage than the mark names",
                    shard,
                    one.offset(),
                    mark.offset());
        }
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

    /**
     * Once the last record folded is a claim: for how long nobody had owned the shard, from the last record of the owner
     * before to the claim, both by the broker's clock; -1 if there was no owner before.
     */
    long unownedMs() {
        return secondLastMs < 0 ? -1 : Math.max(0, lastMs - secondLastMs);
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

    /** One more than the last offset of an effective record; 0 before there was one. */
    long effectiveEnd() {
        return effectiveEnd;
    }

    /** Whether the log was said to end before what was read of it. */
    boolean isBeyondEnd() {
        return endOffset < nextOffset;
    }

    /** One more than the last offset read. */
    long nextOffset() {
        return nextOffset;
    }

    @Override
    public String toString() {
        return "offset " + nextOffset + " in " + replayMs() + " ms (" + replay.effective() + " records, "
                + replay.voided() + " void" + (garbage.isEmpty() ? "" : ", " + garbage.size() + " garbage") + ")";
    }
}

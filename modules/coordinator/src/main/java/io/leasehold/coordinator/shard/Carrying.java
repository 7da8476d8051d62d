package io.leasehold.coordinator.shard;

import io.leasehold.core.decide.Decider;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskEntry;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal short. Once the part that a replay must read is more than three times what matters of it, a generation
 * begins with a base; slice by slice, in turns that serve others as well, all that matters is written again; a trim makes
 * the base the place to replay from; and when a later record that says so is effective, what lies before is deleted.
 *
 * <p>Writing begins only when two thirds of the part are worthless, so it costs at most half of what was written anyway.
 */
final class Carrying {
    private static final Logger LOG = LoggerFactory.getLogger(Carrying.class);
    private static final int WORTHLESS_FROM = 3;
    /** What a generation writes beside the tasks; without it, a shard with few of them would be carried for ever. */
    private static final int GENERATION_BYTES = 500;

    /** A slice is this part of a turn at most. */
    private static final int SLICE_PART = 8;

    private static final int MOST_LOOKED_AT_A_SLICE = 5_000;
    private static final long LOOK_EVERY_MS = 10_000;
    private static final long DELETE_HISTORY_EVERY_MS = 300_000;

    private final ShardParts parts;
    private final ShardState state;
    private final Decider decider;
    private final ReplayPart replayPart;
    private final EndsWindow window;

    /** Of earlier generations; null until all other tasks have been carried. */
    private Supplier<TaskEntry> earlierEnds;

    private long forgetEndedBefore;
    private long forgetEndsUpTo;
    private boolean begun;
    private boolean mustBegin;
    private boolean carriedAll;
    private long waitsPastEnd = -1;
    private String problem;

    private long passedOverMs;
    private long youngestMs;
    private long forgottenMs;
    private long lookedMs = Long.MIN_VALUE / 2;
    private long historyDeletedMs = Long.MIN_VALUE / 2;
    private long effectiveBase;
    private long effectiveInbox;
    private long deletedBase;
    private long deletedInbox;

    Carrying(ShardParts parts, ShardState state, Decider decider, ReplayPart replayPart) {
        this.parts = parts;
        this.state = state;
        this.decider = decider;
        this.replayPart = replayPart;
        this.window = new EndsWindow(parts.options().journal());
    }

    /** A turn is about to open. */
    boolean wantsBase() {
        if (mustBegin) {
            return true;
        }
        return !isCarrying() && replayPart.isSettled() && (isWorthIt() || makesRoom());
    }

    private boolean isWorthIt() {
        return replayPart.bytes() > parts.options().journal().carryFromBytes()
                && replayPart.bytes() > WORTHLESS_FROM * (liveBytes() + GENERATION_BYTES);
    }

    /** How many bytes of the journal it takes to carry all that matters now, about. */
    long liveBytes() {
        return state.carryBytes() + window.bytes(state);
    }

    /** How old the youngest end is that this owner forgot; 0 if it forgot none. */
    long dedupeWindowMs() {
        return forgottenMs == 0 ? 0 : state.nowMs() - forgottenMs;
    }

    /** A shard that is full takes nothing in, so its journal would not grow until it is worth it. */
    private boolean makesRoom() {
        return decider.isFull() && window.forgettable(state) > state.remembered() / 4;
    }

    /** A generation has begun, by this owner or the last one, and is not complete. */
    private boolean isCarrying() {
        return state.generation() > state.trimmed();
    }

    /** Where the base of the generation that is being carried lies; -1 until it is effective. */
    private long candidate() {
        return replayPart.candidate(state.generation());
    }

    /** The turn that was just opened begins a generation. */
    void begin() {
        mustBegin = false;
        decider.base();
        resume();
    }

    private void resume() {
        begun = true;
        carriedAll = false;
        waitsPastEnd = -1;
        earlierEnds = null;
        youngestMs = 0;
        window.begins(state);
        forgetEndedBefore = window.endedBefore(state);
        forgetEndsUpTo = window.upToEnd(state);
        LOG.info(
                "shard {}: carries {} tasks into generation {}, a replay now reads {} bytes",
                parts.shard(),
                state.remembered(),
                state.generation(),
                replayPart.bytes());
    }

    /** Shard time was taken back: ends that were to be forgotten may have to be remembered. */
    void timeSet() {
        if (begun) {
            forgetEndedBefore = Math.min(forgetEndedBefore, window.endedBefore(state));
            earlierEnds = null;
            carriedAll = false;
        }
    }

    /** Whether a slice is due, whatever else there is to do. */
    boolean hasWork() {
        return isCarrying() && !(carriedAll && (candidate() < 0 || state.publishedEnd() == waitsPastEnd));
    }

    /** Carries a slice in this turn; completes the generation once there is nothing left. */
    void step(Turn turn) {
        if (!begun) {
            resume();
        }
        if (!carriedAll) {
            int before = turn.writer().size();
            carriedAll = !slice(turn);
            parts.meters().carried(turn.writer().size() - before);
        }
        if (carriedAll && candidate() >= 0) {
            trim();
        }
    }

    private void trim() {
        if (!decider.trim(candidate(), forgetEndedBefore, forgetEndsUpTo)) {
            waitsPastEnd = state.publishedEnd();
            return;
        }
        decider.digest();
        window.trimmed(state, youngestMs);
        forgottenMs = passedOverMs;
        begun = false;
        problem = null;
        LOG.info(
                "shard {}: generation {} is complete, {} tasks and ends are remembered",
                parts.shard(),
                state.generation(),
                state.remembered());
    }

    /** False once nothing is left to be carried. */
    private boolean slice(Turn turn) {
        int mostBytes = turn.writer().size() + parts.options().turnBytes() / SLICE_PART;
        for (int i = 0; i < MOST_LOOKED_AT_A_SLICE && turn.writer().size() < mostBytes; i++) {
            if (!carriesNext()) {
                return false;
            }
        }
        return true;
    }

    /** First what may run again or is not public yet, then the remembered ends. False if nothing is left. */
    private boolean carriesNext() {
        TaskEntry oldest = state.oldest();
        if (oldest != null && oldest.generation() < state.generation()) {
            decider.carry(oldest);
            return true;
        }
        if (earlierEnds == null) {
            earlierEnds = state.earlierEnds();
        }
        TaskEntry end = earlierEnds.get();
        if (end == null) {
            return false;
        }
        if (end.isForgettable(state.publishedEnd(), forgetEndedBefore, forgetEndsUpTo)) {
            passedOverMs = Math.max(passedOverMs, end.end().endedMs());
        } else {
            youngestMs = Math.max(youngestMs, end.end().endedMs());
            decider.carry(end);
        }
        return true;
    }

    /** A turn's record is effective. */
    void effective(Turn turn) {
        effectiveBase = turn.baseOffset();
        effectiveInbox = turn.inboxOffset();
    }

    /** Now and then: deletes what nobody needs, and looks whether somebody else does. */
    void look(long nowMs) {
        if (nowMs - lookedMs < LOOK_EVERY_MS) {
            return;
        }
        lookedMs = nowMs;
        window.look(state);
        parts.journal().askBounds();
        if (effectiveInbox > deletedInbox) {
            deletedInbox = effectiveInbox;
            parts.inbox().deleteBefore(effectiveInbox);
        }
        JournalOptions options = parts.options().journal();
        boolean historyIsDue = options.historyMs() > 0 && nowMs - historyDeletedMs >= DELETE_HISTORY_EVERY_MS;
        if (effectiveBase > deletedBase || (effectiveBase > 0 && historyIsDue)) {
            deletedBase = effectiveBase;
            historyDeletedMs = nowMs;
            parts.journal().deleteBefore(effectiveBase, options.historyMs(), options.historyBytes());
        }
    }

    /** Where the journal starts now: above the base only if somebody deleted what only this owner's memory still has. */
    void journalStartsAt(long start) {
        boolean carrying = isCarrying() && candidate() >= start;
        if (start > replayPart.base() && !carrying && !mustBegin) {
            problem = "journal: starts at offset " + start + " (expected: at most " + replayPart.base()
                    + ", from where a replay starts); everything is written again";
            LOG.error("shard {}: {}", parts.shard(), problem);
            mustBegin = true;
        }
    }

    /** What is wrong with the journal's beginning, or null. */
    String problem() {
        return problem;
    }
}

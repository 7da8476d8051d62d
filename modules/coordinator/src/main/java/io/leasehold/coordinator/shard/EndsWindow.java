package io.leasehold.coordinator.shard;

import io.leasehold.core.state.ShardState;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which ends are still to be remembered: those of the last {@code dedupeMs} by shard time, or the newest
 * {@code dedupeEnds}, whichever are fewer. How many those of the last hours are is known from samples, taken since this
 * owner took over; before that, as many as there are. Where shard time was taken back, ends that lie in the future outlive
 * what samples say: how many were carried all the same counts until the youngest of them is old.
 */
final class EndsWindow {
    private static final int SAMPLES = 64;

    private record Sample(long shardMs, long lastEnd) {}

    private final JournalOptions options;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long upToByAge;
    private long expectedUpTo;
    private long overlooked;
    private long overlookedUntilMs;

    EndsWindow(JournalOptions options) {
        this.options = options;
    }

    void look(ShardState state) {
        while (!samples.isEmpty() && samples.peekLast().shardMs() > state.nowMs()) {
            // Shard time was taken back.
            samples.removeLast();
        }
        Sample newest = samples.peekLast();
        if (newest == null || state.nowMs() - newest.shardMs() > options.dedupeMs() / SAMPLES) {
            samples.add(new Sample(state.nowMs(), state.lastEnd()));
        }
        while (!samples.isEmpty() && samples.peek().shardMs() < endedBefore(state)) {
            upToByAge = samples.poll().lastEnd();
        }
    }

    /** Ends before this time are forgotten. */
    long endedBefore(ShardState state) {
        return Math.max(0, state.nowMs() - options.dedupeMs());
    }

    /** Ends up to this number are forgotten, however young. */
    long upToEnd(ShardState state) {
        return Math.max(0, state.lastEnd() - options.dedupeEnds());
    }

    /** The ends are about to be carried. */
    void begins(ShardState state) {
        expectedUpTo = Math.max(upToByAge, upToEnd(state));
    }

    /**
     * All that are to be remembered were carried, and the rest forgotten.
     *
     * @param youngestMs when the youngest end that was carried ended, by shard time
     */
    void trimmed(ShardState state, long youngestMs) {
        overlooked = Math.max(0, state.ends() - (state.lastEnd() - expectedUpTo));
        overlookedUntilMs = youngestMs;
    }

    /** How many ends a trim would keep now, about. */
    private long kept(ShardState state) {
        long outlive = endedBefore(state) > overlookedUntilMs ? 0 : overlooked;
        long byNumber = state.lastEnd() - Math.max(upToByAge, upToEnd(state));
        return Math.max(0, Math.min(state.ends(), byNumber + outlive));
    }

    /** How many ends a trim would forget now, about. */
    long forgettable(ShardState state) {
        return state.ends() - kept(state);
    }

    /** How many bytes of ends would be carried now, about. */
    long bytes(ShardState state) {
        return state.ends() == 0 ? 0 : (long) ((double) state.endBytes() / state.ends() * kept(state));
    }
}

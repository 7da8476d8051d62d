package io.leasehold.core.state;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Claim;
import java.util.Arrays;

/**
 * A 64-bit fingerprint of a {@link ShardState}. Two copies that folded the same records have the same one, whatever the
 * order in which their tables list their tasks: each task is hashed by itself and the hashes are added up, that of what
 * was asked for and that of what has come of it, so that only the latter is made anew as the task goes on. It is made by
 * the rules of the version in force, so that releases can tell whether they agree wherever both can read. Left out: the
 * claim itself but for its terms, and what follows from the rest (who is ready, the heaps, the counts, the bytes, who belongs to which
 * generation).
 */
public final class StateDigest {
    private static final long ASKED = 1;
    private static final long BECAME = 2;
    private static final long PURGED = 3;

    private StateDigest() {}

    /** Takes the tasks' hashes as they were added up on the way: it costs nothing to ask. */
    public static long of(ShardState state) {
        return of(state, state.taskDigests);
    }

    /** The same, made anew from every field there is; this one walks over all tasks. */
    static long recomputed(ShardState state) {
        long[] sum = {0};
        state.forEach(entry -> sum[0] += asked(entry) + became(entry));
        return of(state, sum[0]);
    }

    private static long of(ShardState state, long taskDigests) {
        long h = mix(taskDigests, state.byId.size());
        h = mix(h, state.epoch);
        h = mix(h, state.nonce);
        h = mix(h, state.seq);
        h = mix(h, state.nowMs);
        h = mix(h, state.released ? 1 : 0);
        h = mix(h, state.inboxOffset);
        h = mix(h, state.lastNumber);
        h = mix(h, state.lastFence);
        h = mix(h, state.lastEnd);
        h = mix(h, state.publishedEnd);
        h = mix(h, state.generation);
        h = mix(h, state.trimmed);
        h = mix(h, state.live);
        h = mix(h, state.leases.size());
        for (TaskEntry entry : state.unpublished) {
            h = mix(h, became(entry));
        }
        if (state.foldVersion >= Claim.WITH_TERMS) {
            h = mix(h, state.foldVersion);
            h = mix(h, state.proofMs);
        }
        if (state.foldVersion >= Base.WITH_LEADER_EPOCH) {
            h = mix(h, state.inboxLeaderEpoch);
        }
        return h;
    }

    /** Of what was asked for. */
    static long asked(TaskEntry entry) {
        return mix(mix(ByteHash.of(ASKED, entry.form, 0, entry.form.length), entry.number), entry.acceptedMs);
    }

    /** Of what has come of it. */
    static long became(TaskEntry entry) {
        long h = mix(BECAME, entry.number);
        h = mix(h, entry.notBeforeMs);
        Past past = entry.past;
        if (past == Past.NONE) {
            return h;
        }
        h = mix(h, past.attempt);
        h = mix(h, past.failures);
        h = mix(h, past.expiries);
        h = mix(h, past.fence);
        h = mix(h, past.reportedFence);
        h = mix(h, past.lastError);
        if (past.lease != null) {
            h = mix(h, past.lease.leaseMs());
            h = mix(h, past.lease.worker());
            h = mix(h, past.lease.pollId());
        }
        if (past.end != null) {
            h = mix(h, past.end.number());
            h = mix(h, past.end.cause().code());
            h = mix(h, past.end.endedMs());
            h = mix(h, past.end.late() ? 1 : 0);
            h = mix(h, Arrays.hashCode(past.end.result()));
            if (past.end.purged()) {
                h = mix(h, PURGED);
            }
            if (past.end.saysLengths()) {
                h = mix(h, past.end.resultBytes());
                h = mix(h, past.end.errorBytes());
            }
        }
        return h;
    }

    private static long mix(long hash, String text) {
        return mix(hash, text == null ? Long.MIN_VALUE : text.hashCode());
    }

    private static long mix(long hash, long value) {
        return ByteHash.mix(hash, value);
    }
}

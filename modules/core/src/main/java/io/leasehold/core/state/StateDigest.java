package io.leasehold.core.state;

import io.leasehold.core.task.Task;
import java.util.Arrays;

/**
 * A 64-bit fingerprint of a {@link ShardState}. Two copies that folded the same records have the same one, whatever the
 * order in which their tables list their tasks: each task is hashed by itself (with the finalizer of Steele, Lea and
 * Flood's SplitMix64) and the hashes are added up. Left out: the claim itself, and what follows from
 * the rest (who is ready, the heaps, the counts, the bytes, who belongs to which generation).
 */
public final class StateDigest {
    private StateDigest() {}

    /** Takes the tasks' hashes as they were added up on the way: it costs nothing to ask. */
    public static long of(ShardState state) {
        long h = ofShard(state, state.taskDigests);
        for (TaskEntry entry : state.unpublished) {
            h = mix(h, entry.digest);
        }
        return h;
    }

    /** The same, made anew from every field there is; this one walks over all tasks. */
    static long recomputed(ShardState state) {
        long sum = 0;
        for (TaskEntry entry : state.byId.values()) {
            sum += of(entry, of(entry.task));
        }
        long h = ofShard(state, sum);
        for (TaskEntry entry : state.unpublished) {
            h = mix(h, of(entry, of(entry.task)));
        }
        return h;
    }

    private static long ofShard(ShardState state, long taskDigests) {
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
        return mix(h, state.leased);
    }

    static long of(TaskEntry entry) {
        return of(entry, entry.taskDigest);
    }

    private static long of(TaskEntry entry, long taskDigest) {
        long h = taskDigest;
        h = mix(h, entry.number);
        h = mix(h, entry.acceptedMs);
        h = mix(h, entry.notBeforeMs);
        h = mix(h, entry.attempt);
        h = mix(h, entry.failures);
        h = mix(h, entry.expiries);
        h = mix(h, entry.fence);
        h = mix(h, entry.reportedFence);
        h = mix(h, entry.lastError);
        if (entry.lease != null) {
            h = mix(h, entry.lease.leaseMs());
            h = mix(h, entry.lease.worker());
            h = mix(h, entry.lease.pollId());
        }
        if (entry.end != null) {
            h = mix(h, entry.end.number());
            h = mix(h, entry.end.cause().code());
            h = mix(h, entry.end.endedMs());
            h = mix(h, entry.end.late() ? 1 : 0);
            h = mix(h, Arrays.hashCode(entry.end.result()));
        }
        return h;
    }

    static long of(Task task) {
        long h = mix(0, task.id());
        h = mix(h, task.queue());
        h = mix(h, task.type());
        h = mix(h, task.priority());
        h = mix(h, task.deadlineMs());
        h = mix(h, task.notBeforeMs());
        h = mix(h, Arrays.hashCode(task.payload()));
        h = mix(h, task.maxAttempts());
        h = mix(h, task.leaseMs());
        h = mix(h, task.backoff().initialMs());
        h = mix(h, Double.doubleToLongBits(task.backoff().multiplier()));
        h = mix(h, task.backoff().maxMs());
        return mix(h, task.traceparent());
    }

    private static long mix(long hash, String text) {
        return mix(hash, text == null ? Long.MIN_VALUE : text.hashCode());
    }

    private static long mix(long hash, long value) {
        long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

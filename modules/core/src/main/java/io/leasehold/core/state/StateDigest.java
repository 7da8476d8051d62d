package io.leasehold.core.state;

import java.util.Arrays;

/**
 * A 64-bit fingerprint of a {@link ShardState}. Two copies that folded the same records have the same one, whatever the
 * order in which their tables list their tasks: each task is hashed by itself (with the finalizer of Steele, Lea and
 * Flood's SplitMix64) and the hashes are added up. What follows from the time alone (ready or delayed) is left out.
 */
public final class StateDigest {
    private StateDigest() {}

    public static long of(ShardState state) {
        long sum = 0;
        for (TaskEntry entry : state.byId.values()) {
            sum += of(entry);
        }
        long h = mix(sum, state.byId.size());
        h = mix(h, state.epoch);
        h = mix(h, state.inboxOffset);
        h = mix(h, state.lastNumber);
        h = mix(h, state.lastFence);
        h = mix(h, state.lastEnd);
        h = mix(h, state.publishedEnd);
        return mix(h, state.live * 31 + state.leased);
    }

    private static long of(TaskEntry entry) {
        long h = mix(entry.number, entry.task.id().hashCode());
        h = mix(h, entry.task.queue().hashCode() * 31L + entry.task.priority());
        h = mix(h, entry.task.deadlineMs());
        h = mix(h, entry.task.maxAttempts() * 31L + entry.task.leaseMs());
        h = mix(h, Arrays.hashCode(entry.task.payload()));
        h = mix(h, entry.acceptedMs);
        h = mix(h, entry.notBeforeMs);
        h = mix(h, (entry.attempt * 31L + entry.failures) * 31 + entry.expiries);
        h = mix(h, entry.fence);
        h = mix(h, entry.reportedFence);
        h = mix(h, entry.lastError == null ? 0 : entry.lastError.hashCode());
        if (entry.lease != null) {
            h = mix(h, entry.lease.leaseMs() * 31 + entry.lease.worker().hashCode());
        }
        if (entry.end != null) {
            h = mix(h, entry.end.number() * 31 + entry.end.cause().code());
            h = mix(h, entry.end.endedMs() * 2 + (entry.end.late() ? 1 : 0));
            h = mix(h, Arrays.hashCode(entry.end.result()));
        }
        return h;
    }

    private static long mix(long hash, long value) {
        long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

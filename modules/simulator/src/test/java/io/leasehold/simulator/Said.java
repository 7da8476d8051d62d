package io.leasehold.simulator;

import io.leasehold.api.Outcome;
import io.leasehold.api.ReportRequest;
import io.leasehold.core.task.Backoff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What anyone outside ever asked for: whatever the coordinators do must have been. */
final class Said {
    record Hold(int shard, long fence) {}

    private final Map<Hold, List<ReportRequest.Entry>> reports = new HashMap<>();
    private final Set<String> cancels = new HashSet<>();
    private final Set<String> purges = new HashSet<>();
    private final Set<Integer> purgedShards = new HashSet<>();
    private final Map<String, Long> earliest = new HashMap<>();

    void reports(int shard, long fence, ReportRequest.Entry entry) {
        reports.computeIfAbsent(new Hold(shard, fence), key -> new ArrayList<>(1))
                .add(entry);
    }

    void cancels(String id) {
        cancels.add(id);
    }

    void purges(String id) {
        purges.add(id);
    }

    /** All dead letters of the shard, as many as there are taken to be. */
    void purgesAll(int shard) {
        purgedShards.add(shard);
    }

    boolean purged(int shard, String id) {
        return purges.contains(id) || purgedShards.contains(shard);
    }

    /** The first submission of this id is not to start before this true time. */
    void submits(String id, long notBeforeMs) {
        earliest.merge(id, notBeforeMs, Math::min);
    }

    long earliestMs(String id) {
        return earliest.getOrDefault(id, 0L);
    }

    boolean cancelled(String id) {
        return cancels.contains(id);
    }

    boolean anything(int shard, long fence) {
        return reports.containsKey(new Hold(shard, fence));
    }

    private List<ReportRequest.Entry> of(int shard, long fence) {
        return reports.getOrDefault(new Hold(shard, fence), List.of());
    }

    private boolean said(int shard, long fence, Outcome outcome) {
        return of(shard, fence).stream().anyMatch(entry -> entry.outcome() == outcome);
    }

    boolean succeeded(int shard, long fence) {
        return said(shard, fence, Outcome.SUCCESS);
    }

    boolean released(int shard, long fence) {
        return said(shard, fence, Outcome.RELEASE);
    }

    boolean notRetryable(int shard, long fence) {
        return of(shard, fence).stream().anyMatch(entry -> Boolean.FALSE.equals(entry.retryable()));
    }

    /** How long a retry must be put off at least; -1 if nobody reported a failure. */
    long leastRetryMs(int shard, long fence, Backoff backoff, int failures) {
        long least = Long.MAX_VALUE;
        for (ReportRequest.Entry entry : of(shard, fence)) {
            if (entry.outcome() == Outcome.FAILURE) {
                long ceilingMs = backoff.ceilingMs(failures);
                least = Math.min(
                        least, entry.retryAfterMs() == null ? ceilingMs - ceilingMs / 2 : entry.retryAfterMs());
            }
        }
        return least == Long.MAX_VALUE ? -1 : least;
    }
}

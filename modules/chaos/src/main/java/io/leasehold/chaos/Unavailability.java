package io.leasehold.chaos;

import io.leasehold.chaos.fault.Outage;
import java.util.List;

/**
 * How long nothing was granted around the faults of one kind: a figure for each shard that a fault was meant for.
 *
 * @param times how many faults
 * @param shards how many figures
 * @param unsettled after how many faults some shard granted nothing for as long as was waited
 */
record Unavailability(String fault, int times, int shards, long p50Ms, long p99Ms, long maxMs, long unsettled) {
    static Unavailability of(String kind, List<Outage> outages) {
        long[] gaps = outages.stream()
                .flatMap(outage -> outage.gapsMs().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return new Unavailability(
                kind,
                outages.size(),
                gaps.length,
                quantile(gaps, 0.5),
                quantile(gaps, 0.99),
                quantile(gaps, 1),
                outages.stream().filter(outage -> !outage.settled()).count());
    }

    /** The least value that so large a part of them does not exceed; 0 if there are none. */
    static long quantile(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }
}

package io.leasehold.chaos.fault;

import java.util.List;

/**
 * What a fault cost.
 *
 * @param shards those that it was meant for
 * @param lastedMs from its beginning until it was healed
 * @param gapsMs for each of the shards, how long nothing was granted
 * @param settled whether all shards have granted something within the time allowed
 * @param note or null
 */
public record Outage(
        Fault fault, List<Integer> shards, long lastedMs, List<Long> gapsMs, boolean settled, String note) {

    public long longestGapMs() {
        return gapsMs.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}

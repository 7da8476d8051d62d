package io.leasehold.verify;

import java.util.List;
import java.util.Map;

/**
 * What the journal of one shard proves.
 *
 * @param from the offset from which it was read
 * @param to the offset before which it was read
 * @param counts every {@link Count}
 * @param times how often each broken guarantee is broken; empty if all hold
 * @param broken the first counter-example of each broken guarantee
 * @param voided where garbage lies that an operator's mark voids, in the order of the marks
 */
public record ShardVerdict(
        int shard,
        long from,
        long to,
        Map<Count, Long> counts,
        Map<Guarantee, Long> times,
        List<CounterExample> broken,
        List<Long> voided) {

    /** Whether all guarantees hold. */
    public boolean isProven() {
        return broken.isEmpty();
    }

    public long count(Count count) {
        return counts.get(count);
    }
}

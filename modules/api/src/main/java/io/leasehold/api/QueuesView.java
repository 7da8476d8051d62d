package io.leasehold.api;

import java.util.List;
import java.util.Map;

/**
 * {@code GET /v1/queues}.
 *
 * @param asOf epoch milliseconds: the oldest moment that any of the counts is from
 * @param incomplete shards whose tasks are not counted, for they have no owner at present
 */
public record QueuesView(long asOf, List<QueueView> queues, List<Integer> incomplete) {
    /**
     * @param states how many tasks are in each state, by its word
     * @param bands the same for each {@link PriorityBand}, by its label
     */
    public record QueueView(String queue, Map<String, Long> states, Map<String, Map<String, Long>> bands) {}
}

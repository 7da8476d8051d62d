package io.leasehold.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * {@code GET /v1/queues}: a page of them, in the order of their names.
 *
 * @param asOf epoch milliseconds: the oldest moment that any of the counts is from
 * @param next what to pass as {@code after} to go on from here; null at the end
 * @param incomplete shards whose tasks are not counted, for they have no owner at present
 */
public record QueuesView(long asOf, List<QueueView> queues, String next, List<Integer> incomplete) {
    /**
     * @param states how many tasks are in each state, by its word
     * @param bands the same for each {@link PriorityBand}, by its label
     */
    public record QueueView(String queue, Map<String, Long> states, Map<String, Map<String, Long>> bands) {}

    /**
     * All pages put together. What changes while they are asked for may be seen or not.
     *
     * @param pages gives the page after a name, or the first one after null
     */
    public static QueuesView ofPages(Function<String, QueuesView> pages) {
        QueuesView page = pages.apply(null);
        long asOf = page.asOf();
        List<QueueView> queues = new ArrayList<>(page.queues());
        TreeSet<Integer> incomplete = new TreeSet<>(page.incomplete());
        while (page.next() != null) {
            String after = page.next();
            page = pages.apply(after);
            if (page.next() != null && page.next().compareTo(after) <= 0) {
                throw new IllegalStateException(
                        "next: " + page.next() + " (expected: a name that comes after " + after + ")");
            }
            asOf = Math.min(asOf, page.asOf());
            queues.addAll(page.queues());
            incomplete.addAll(page.incomplete());
        }
        return new QueuesView(asOf, queues, null, List.copyOf(incomplete));
    }
}

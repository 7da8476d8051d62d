package io.leasehold.api;

import java.util.List;

/**
 * {@code POST /v1/hint}, between coordinators: tasks are ready that no poll takes where they are.
 *
 * @param from the id of the coordinator that has them
 */
public record HintRequest(String from, List<Entry> queues) {
    /** @param ready how many, at least one */
    public record Entry(String queue, int ready) {}
}

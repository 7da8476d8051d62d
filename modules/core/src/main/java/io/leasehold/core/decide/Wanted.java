package io.leasehold.core.decide;

import io.leasehold.core.task.Text;
import java.util.List;
import java.util.Objects;

/**
 * What a polling worker asks for.
 *
 * @param queues at least one; the best head of them all comes first
 * @param max tasks at most
 * @param maxBytes of payloads at most, but never less than one task
 * @param leaseMs the worker's own wish, or 0 for each task's own
 * @param pollId names the poll so that it can be repeated, or null
 */
public record Wanted(String worker, List<String> queues, int max, long maxBytes, long leaseMs, String pollId) {
    public Wanted {
        worker = Text.storable(Objects.requireNonNull(worker, "worker"));
        pollId = Text.storable(pollId);
    }
}

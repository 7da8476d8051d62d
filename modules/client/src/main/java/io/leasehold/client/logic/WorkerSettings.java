package io.leasehold.client.logic;

import io.leasehold.api.Limits;
import java.util.List;

/**
 * Who the worker is and what it takes.
 *
 * @param worker its name: its place on the ring
 * @param concurrency how many tasks at once
 * @param leaseMs overrides the tasks' own lease time, or null
 * @param discover whether the map is asked from coordinators; if not, it is told from elsewhere
 */
public record WorkerSettings(String worker, List<String> queues, int concurrency, Long leaseMs, boolean discover) {
    public WorkerSettings {
        queues = List.copyOf(queues);
        if (concurrency < 1 || concurrency > Limits.MAX_LEASES_PER_REQUEST) {
            throw new IllegalArgumentException(
                    "concurrency: " + concurrency + " (expected: from 1 to " + Limits.MAX_LEASES_PER_REQUEST + ")");
        }
    }
}

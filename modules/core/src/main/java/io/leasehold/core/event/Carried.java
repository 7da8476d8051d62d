package io.leasehold.core.event;

import io.leasehold.core.task.End;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;

/**
 * A task, or a remembered end, whole: as it is at this place of the journal. Fields as in the state.
 *
 * @param lastError or null
 * @param lease or null
 * @param end or null
 */
public record Carried(
        long number,
        Task task,
        long acceptedMs,
        long notBeforeMs,
        int attempt,
        int failures,
        int expiries,
        long fence,
        long reportedFence,
        String lastError,
        Lease lease,
        End end) {

    /** Whether it is a dead letter that was purged. */
    public boolean isPurged() {
        return end != null && end.purged();
    }
}

package io.leasehold.core.state;

import io.leasehold.core.task.End;
import io.leasehold.core.task.Lease;

/** What has happened to a task since it was accepted; kept apart, for most that wait have none. */
final class Past {
    /** Of a task that was never leased and has not ended. Never written to. */
    static final Past NONE = new Past();

    int attempt;
    int failures;
    int expiries;
    /** Of the latest lease, also when it is over; 0 before the first. */
    long fence;
    /** Whose report was accepted last; 0 before the first. */
    long reportedFence;

    String lastError;
    Lease lease;
    End end;
}

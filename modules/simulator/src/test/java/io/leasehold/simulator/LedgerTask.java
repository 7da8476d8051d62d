package io.leasehold.simulator;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;

/** One life of a task, as the reference model knows it. */
final class LedgerTask {
    final long number;
    final Task task;
    final long acceptedMs;
    long notBeforeMs;
    int attempt;
    int failures;
    int expiries;
    long fence;
    long reportedFence;
    boolean leased;
    String pollId;
    /** At which offset of the journal. */
    long leasedAt;

    EndCause cause;
    boolean purged;
    long endNumber;
    long endedMs;
    long generation;
    /** Forgotten, or living on under a newer number. */
    boolean gone;

    LedgerTask(long number, Task task, long acceptedMs, long generation) {
        this.number = number;
        this.task = task;
        this.acceptedMs = acceptedMs;
        this.notBeforeMs = task.notBeforeMs();
        this.generation = generation;
    }

    boolean hasEnded() {
        return cause != null;
    }

    boolean isDeadLetter() {
        return !purged
                && (cause == EndCause.ATTEMPTS_EXHAUSTED
                        || cause == EndCause.EXPIRIES_EXHAUSTED
                        || cause == EndCause.NOT_RETRYABLE);
    }

    /** Rises with everything that happens to it. */
    long version() {
        return attempt * 4L + (leased ? 0 : 1) + (hasEnded() ? 1 : 0);
    }

    @Override
    public String toString() {
        return task.id() + " (number " + number + ", fence " + fence + (leased ? ", leased" : "")
                + (cause == null ? "" : ", " + cause.word()) + (purged ? ", purged" : "") + ")";
    }
}

package io.leasehold.verify;

import io.leasehold.core.event.Carried;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.Text;

/**
 * What the journal has said of a task so far. Payloads, results and errors are known by their {@link Print} alone.
 *
 * <p>A reader that starts at a base hears of tasks before they are carried: of such a task it knows only what it has heard,
 * it is not {@link #whole}.
 */
final class Known {
    /** An error up to this length, in UTF-8, is remembered whole for as long as its task is. */
    private static final int KEPT_ERROR_BYTES = 1024;

    final long number;
    boolean whole;
    /** Without its payload; null unless whole. */
    Task task;

    long payload = Print.NOTHING;
    long acceptedMs;
    long notBeforeMs;
    int attempt;
    int failures;
    int expiries;
    /** Of the latest lease; 0 if there was none, or none was heard of. */
    long fence;

    long reportedFence;
    long lastError = Print.NONE;
    /** What is kept of it once the task is only remembered. */
    long keptError = Print.NONE;

    /** As an end that was carried said of what was not kept whole; 0 if none did. */
    private int saidResultBytes;

    private int saidErrorBytes;
    Lease lease;
    /** Whether it is known if it is leased. */
    boolean leaseKnown;
    /** Null while it lives, as far as was heard. */
    EndCause cause;

    long endNumber;
    long endedMs;
    boolean late;
    /** Whether it was a dead letter that was given up for good. */
    boolean purged;

    long result = Print.NOTHING;
    long generation;
    final Trail trail = new Trail();

    private Known(long number, long generation) {
        this.number = number;
        this.generation = generation;
    }

    static Known accepted(long number, Task task, long acceptedMs, long generation) {
        Known known = new Known(number, generation);
        known.whole = true;
        known.leaseKnown = true;
        known.task = task.withoutPayload();
        known.payload = Print.of(task.payload());
        known.acceptedMs = acceptedMs;
        known.notBeforeMs = task.notBeforeMs();
        return known;
    }

    /** One that was heard of before it was carried. */
    static Known hearsay(long number) {
        return new Known(number, 0);
    }

    static Known carried(Carried carried, long generation) {
        Known known = accepted(carried.number(), carried.task(), carried.acceptedMs(), generation);
        known.notBeforeMs = carried.notBeforeMs();
        known.attempt = carried.attempt();
        known.failures = carried.failures();
        known.expiries = carried.expiries();
        known.fence = carried.fence();
        known.reportedFence = carried.reportedFence();
        known.failed(carried.lastError());
        known.lease = carried.lease();
        End end = carried.end();
        if (end != null) {
            known.end(end.cause(), end.number(), end.endedMs(), end.late(), Print.of(end.result()));
            known.saidResultBytes = end.resultBytes();
            known.saidErrorBytes = end.errorBytes();
            if (end.purged()) {
                known.purge();
            }
        }
        return known;
    }

    /** The next life of this dead letter. */
    Known redriven(long newNumber, long redrivenMs, long deadlineMs) {
        Known known = new Known(newNumber, generation);
        known.whole = whole;
        known.leaseKnown = true;
        known.task = whole ? task.renewed(deadlineMs) : null;
        known.payload = payload;
        known.acceptedMs = redrivenMs;
        return known;
    }

    void end(EndCause cause, long endNumber, long endedMs, boolean late, long result) {
        this.cause = cause;
        this.endNumber = endNumber;
        this.endedMs = endedMs;
        this.late = late;
        this.result = result;
        lease = null;
        leaseKnown = true;
        if (!isDead()) {
            payload = Print.NOTHING;
        }
    }

    int resultBytes() {
        return saidResultBytes > 0 ? saidResultBytes : Print.length(result);
    }

    int errorBytes() {
        return saidErrorBytes > 0 ? saidErrorBytes : Print.length(lastError);
    }

    /** What its last failure said; null if nothing. */
    void failed(String error) {
        lastError = Print.of(error);
        keptError = error == null ? Print.NONE : Print.of(Text.beginning(error, KEPT_ERROR_BYTES));
    }

    void requeue(long notBeforeMs) {
        lease = null;
        leaseKnown = true;
        this.notBeforeMs = notBeforeMs;
    }

    /** Shard time was taken back: a retry keeps what it still had to wait, a start that was asked for stays. */
    void timeSet(long beforeMs, long nowMs) {
        boolean putOff = task == null || notBeforeMs != task.notBeforeMs();
        if (isLive() && putOff && notBeforeMs > nowMs) {
            notBeforeMs = nowMs + Math.max(0, notBeforeMs - beforeMs);
        }
    }

    /** What was purged has ended, though how is not known if its end lies before the part that is read. */
    boolean isLive() {
        return cause == null && !purged;
    }

    boolean isWaiting() {
        return isLive() && lease == null && leaseKnown;
    }

    /** A dead letter is given up for good. */
    void purge() {
        purged = true;
        payload = Print.NOTHING;
    }

    /** Whether it waits among the dead letters. */
    boolean isDead() {
        return !purged
                && (cause == EndCause.ATTEMPTS_EXHAUSTED
                        || cause == EndCause.EXPIRIES_EXHAUSTED
                        || cause == EndCause.NOT_RETRYABLE);
    }

    /** About how many bytes it takes to write it down. */
    long bytes() {
        if (!whole) {
            return 0;
        }
        return 64L
                + task.id().length()
                + task.queue().length()
                + Print.length(payload)
                + Print.length(lastError)
                + Print.length(result);
    }

    String name() {
        return whole ? task.id() + " (number " + number + ")" : "number " + number;
    }
}

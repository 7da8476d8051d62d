package io.leasehold.core.state;

import io.leasehold.core.event.Carried;
import io.leasehold.core.task.End;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;

/**
 * One task and its bookkeeping. Everybody may read it on the shard's thread; only the {@link Fold} changes it.
 *
 * <p>A task waits (in a heap), is leased, or has ended. Whether a waiting one is ready or delayed depends on the time.
 */
public final class TaskEntry implements Comparable<TaskEntry> {
    static final int NOWHERE = -1;

    long number;
    Task task;
    long acceptedMs;
    /** While waiting: not to be leased before; moves with retries. */
    long notBeforeMs;

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

    /** Where it stands in its heap: that of its queue if ready, that of the delayed if not. */
    int waitingAt = NOWHERE;

    int deadlineAt = NOWHERE;
    boolean ready;

    /** In which generation it was accepted, or carried last. */
    long generation;

    TaskEntry older;
    TaskEntry newer;
    /** Of the task as submitted, and of all this: what {@link StateDigest} adds up. */
    long taskDigest;

    long digest;

    TaskEntry(long number, Task task, long acceptedMs) {
        this.number = number;
        this.task = task;
        this.acceptedMs = acceptedMs;
        this.notBeforeMs = task.notBeforeMs();
        this.taskDigest = StateDigest.of(task);
    }

    /** What is not worth keeping of a task that will not run again. */
    void dropPayload() {
        task = task.withoutPayload();
        taskDigest = StateDigest.of(task);
    }

    TaskEntry(Carried carried) {
        this(carried.number(), carried.task(), carried.acceptedMs());
        notBeforeMs = carried.notBeforeMs();
        attempt = carried.attempt();
        failures = carried.failures();
        expiries = carried.expiries();
        fence = carried.fence();
        reportedFence = carried.reportedFence();
        lastError = carried.lastError();
        lease = carried.lease();
        end = carried.end();
    }

    /** All there is to know of it. */
    public Carried carried() {
        return new Carried(
                number,
                task,
                acceptedMs,
                notBeforeMs,
                attempt,
                failures,
                expiries,
                fence,
                reportedFence,
                lastError,
                lease,
                end);
    }

    /** Counts the shard's admissions from 1. */
    public long number() {
        return number;
    }

    /** As submitted; without its payload once it ended, unless it is a dead letter. */
    public Task task() {
        return task;
    }

    public long acceptedMs() {
        return acceptedMs;
    }

    public long notBeforeMs() {
        return notBeforeMs;
    }

    /** How often it was leased. */
    public int attempt() {
        return attempt;
    }

    public int failures() {
        return failures;
    }

    public int expiries() {
        return expiries;
    }

    public long fence() {
        return fence;
    }

    public long reportedFence() {
        return reportedFence;
    }

    /** What the last failed attempt reported, or null. */
    public String lastError() {
        return lastError;
    }

    /** Null unless it is leased. */
    public Lease lease() {
        return lease;
    }

    /** Null until it has ended. */
    public End end() {
        return end;
    }

    /** The order of dispatch: higher priority, then the earlier deadline, then the earlier admission. */
    @Override
    public int compareTo(TaskEntry other) {
        if (task.priority() != other.task.priority()) {
            return task.priority() > other.task.priority() ? -1 : 1;
        }
        if (task.deadlineMs() != other.task.deadlineMs()) {
            return task.deadlineMs() < other.task.deadlineMs() ? -1 : 1;
        }
        return Long.compare(number, other.number);
    }

    public boolean isWaiting() {
        return lease == null && end == null;
    }

    public TaskState state() {
        if (end != null) {
            return switch (end.cause()) {
                case SUCCEEDED -> TaskState.COMPLETED;
                case DEADLINE_PASSED -> TaskState.EXPIRED;
                case CANCELLED -> TaskState.CANCELLED;
                case ATTEMPTS_EXHAUSTED, EXPIRIES_EXHAUSTED, NOT_RETRYABLE -> TaskState.DEAD;
            };
        }
        if (lease != null) {
            return TaskState.LEASED;
        }
        return ready ? TaskState.READY : TaskState.DELAYED;
    }

    /** In which generation it was accepted, or carried last. */
    public long generation() {
        return generation;
    }

    /** The next to have joined its generation, or null. */
    public TaskEntry newer() {
        return newer;
    }

    /** Whether a trim forgets it: it has ended, is no dead letter, and its end is public and old enough. */
    public boolean isForgettable(long publishedEnd, long endedBefore, long upToEnd) {
        return end != null
                && state() != TaskState.DEAD
                && end.number() <= publishedEnd
                && (end.endedMs() < endedBefore || end.number() <= upToEnd);
    }

    /** About how many bytes of the journal it takes to carry it. */
    long carryBytes() {
        long bytes = 64L + task.id().length() + task.queue().length() + task.payload().length;
        if (lastError != null) {
            bytes += lastError.length();
        }
        if (end != null && end.result() != null) {
            bytes += end.result().length;
        }
        return bytes;
    }

    /** About how much memory it takes. */
    long bytes() {
        long bytes = 320L + task.id().length() + task.payload().length;
        if (lastError != null) {
            bytes += lastError.length();
        }
        if (end != null && end.result() != null) {
            bytes += end.result().length;
        }
        return bytes;
    }
}

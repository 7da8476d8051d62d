package io.leasehold.core.state;

import io.leasehold.core.event.Carried;
import io.leasehold.core.table.PlacedHeap;
import io.leasehold.core.task.End;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;

/**
 * One task and its bookkeeping. Everybody may read it on the shard's thread; only the {@link Fold} changes it.
 *
 * <p>A task waits (in a heap), is leased, or has ended. Whether a waiting one is ready or delayed depends on the time.
 * There are millions of these: each field counts.
 */
public final class TaskEntry implements Comparable<TaskEntry> {
    /** The place of a task that is in no heap. */
    static final int NOWHERE = PlacedHeap.NOWHERE;

    /** The place of one that is packed among the remembered ends; no heap is so large that it is the last one's. */
    static final int REMEMBERED = NOWHERE + 1;

    /** What an entry takes in memory beside its task's bytes, and what leads to it in the tables and heaps, about. */
    private static final int ENTRY_BYTES = 130;

    /** The same of what has become of it, once something has. */
    private static final int PAST_BYTES = 150;

    /** The same of one that is packed among the remembered ends. */
    private static final int REMEMBERED_BYTES = 60;

    /** What it takes to carry an entry, beside its texts, payload and result, at most. */
    private static final int CARRIED_BYTES = 50;

    /** The same of how long something was that is not kept whole. */
    private static final int LENGTHS_BYTES = 8;

    final long number;
    final long acceptedMs;
    /** As {@link Task#form}. */
    byte[] form;
    /** Of which it is counted. */
    TaskQueue queue;
    /** While waiting: not to be leased before; moves with retries. */
    long notBeforeMs;
    /** As in the task, where the heaps look often. */
    final long deadlineMs;

    final int priority;
    Past past = Past.NONE;

    /**
     * Where it stands: among the ready ones of its queue, or, if it is negative, at its complement among the delayed ones;
     * while it is leased, among the leased ones.
     */
    int standsAt = NOWHERE;

    int deadlineAt = NOWHERE;

    /** In which generation it was accepted, or carried last. */
    int generation;

    TaskEntry older;
    TaskEntry newer;

    TaskEntry(long number, Task task, long acceptedMs) {
        this.number = number;
        this.form = task.form();
        this.acceptedMs = acceptedMs;
        this.notBeforeMs = task.notBeforeMs();
        this.deadlineMs = task.deadlineMs();
        this.priority = task.priority();
    }

    TaskEntry(Carried carried) {
        this(carried.number(), carried.task(), carried.acceptedMs());
        notBeforeMs = carried.notBeforeMs();
        if (carried.fence() > 0 || carried.end() != null) {
            past = new Past();
            past.attempt = carried.attempt();
            past.failures = carried.failures();
            past.expiries = carried.expiries();
            past.fence = carried.fence();
            past.reportedFence = carried.reportedFence();
            past.lastError = carried.lastError();
            past.lease = carried.lease();
            past.end = carried.end();
        }
    }

    /** The past, to be written to. */
    Past touched() {
        if (past == Past.NONE) {
            past = new Past();
        }
        return past;
    }

    /** What is not worth keeping of a task that will not run again. */
    void dropPayload() {
        form = task().withoutPayload().form();
    }

    /** All there is to know of it. */
    public Carried carried() {
        return new Carried(
                number,
                task(),
                acceptedMs,
                notBeforeMs,
                past.attempt,
                past.failures,
                past.expiries,
                past.fence,
                past.reportedFence,
                past.lastError,
                past.lease,
                past.end);
    }

    /** Counts the shard's admissions from 1. */
    public long number() {
        return number;
    }

    /** As submitted; without its payload once it ended, unless it is a dead letter. */
    public Task task() {
        return Task.of(form);
    }

    /** The name of its queue, the same object for all tasks of a queue. */
    public String queue() {
        return queue.name();
    }

    public int priority() {
        return priority;
    }

    /** {@link Task#NO_DEADLINE} for none. */
    public long deadlineMs() {
        return deadlineMs;
    }

    boolean hasDeadline() {
        return deadlineMs != Task.NO_DEADLINE;
    }

    public long acceptedMs() {
        return acceptedMs;
    }

    public long notBeforeMs() {
        return notBeforeMs;
    }

    /** How often it was leased. */
    public int attempt() {
        return past.attempt;
    }

    public int failures() {
        return past.failures;
    }

    public int expiries() {
        return past.expiries;
    }

    public long fence() {
        return past.fence;
    }

    public long reportedFence() {
        return past.reportedFence;
    }

    /** What the last failed attempt reported, or null. */
    public String lastError() {
        return past.lastError;
    }

    /** Null unless it is leased. */
    public Lease lease() {
        return past.lease;
    }

    /** Null until it has ended. */
    public End end() {
        return past.end;
    }

    /** The order of dispatch: higher priority, then the earlier deadline, then the earlier admission. */
    @Override
    public int compareTo(TaskEntry other) {
        if (priority != other.priority) {
            return priority > other.priority ? -1 : 1;
        }
        if (deadlineMs != other.deadlineMs) {
            return deadlineMs < other.deadlineMs ? -1 : 1;
        }
        return Long.compare(number, other.number);
    }

    public boolean isWaiting() {
        return past.lease == null && past.end == null;
    }

    /** Whether its start is not the one that was asked for, but that of a retry. */
    boolean isPutOff() {
        return notBeforeMs != task().notBeforeMs();
    }

    /** Of a task that waits: whether it may be leased now. */
    boolean isReady() {
        return standsAt >= 0;
    }

    public TaskState state() {
        if (past.end != null) {
            return switch (past.end.cause()) {
                case SUCCEEDED -> TaskState.COMPLETED;
                case DEADLINE_PASSED -> TaskState.EXPIRED;
                case CANCELLED -> TaskState.CANCELLED;
                case ATTEMPTS_EXHAUSTED, EXPIRIES_EXHAUSTED, NOT_RETRYABLE -> TaskState.DEAD;
            };
        }
        if (past.lease != null) {
            return TaskState.LEASED;
        }
        return isReady() ? TaskState.READY : TaskState.DELAYED;
    }

    /** In which generation it was accepted, or carried last. */
    public long generation() {
        return generation;
    }

    /** Whether it has this id, in UTF-8. */
    boolean isCalled(byte[] bytes, int from, int to) {
        return Task.of(form).isCalled(bytes, from, to);
    }

    /** Whether it was given up and may still get a new life. */
    public boolean isDeadLetter() {
        return past.end != null && !past.end.purged() && state() == TaskState.DEAD;
    }

    /** Whether it was a dead letter. */
    boolean isPurged() {
        return past.end != null && past.end.purged();
    }

    /** Whether it has ended and is no dead letter: once the end is public, it is only remembered. */
    boolean hasEndedForGood() {
        return past.end != null && !isDeadLetter();
    }

    /** Whether a trim forgets it: it has ended, is no dead letter, and its end is public and old enough. */
    public boolean isForgettable(long publishedEnd, long endedBefore, long upToEnd) {
        End end = past.end;
        return hasEndedForGood()
                && end.number() <= publishedEnd
                && (end.endedMs() < endedBefore || end.number() <= upToEnd);
    }

    /** About how many bytes of the journal it takes to carry it. */
    long carryBytes() {
        return CARRIED_BYTES + form.length + pastBytes();
    }

    /** About how much memory it takes. */
    long bytes() {
        if (standsAt == REMEMBERED) {
            return REMEMBERED_BYTES + carryBytes();
        }
        return ENTRY_BYTES + form.length + (past == Past.NONE ? 0 : PAST_BYTES + pastBytes());
    }

    private long pastBytes() {
        long bytes = past.lastError == null ? 0 : past.lastError.length();
        if (past.end == null) {
            return bytes;
        }
        bytes += past.end.saysLengths() ? LENGTHS_BYTES : 0;
        return past.end.result() == null ? bytes : bytes + past.end.result().length;
    }
}

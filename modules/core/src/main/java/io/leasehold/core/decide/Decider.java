package io.leasehold.core.decide;

import io.leasehold.core.decide.Report.Answer;
import io.leasehold.core.event.Base;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.Trim;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.state.TaskQueue;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a wish makes true: reads the state, tells facts to {@code out}, returns the answer. It never writes: the
 * facts reach the state through the fold, each before the next is decided. All policy is here: retry delays, caps,
 * whose report counts. Time comes with the call, chance with the constructor.
 */
public final class Decider {
    private static final long FENCES_PER_MS = 2048;

    /** A grant may meet a million heads whose deadline has passed; their ends must not make one record too long. */
    private static final int MOST_EXPIRED_A_GRANT = 1_000;

    private final ShardState state;
    private final Events out;
    private final Policy policy;
    private final Chance chance;

    /** @param out folds what it is told into {@code state} before it returns */
    public Decider(ShardState state, Events out, Policy policy, Chance chance) {
        this.state = state;
        this.out = out;
        this.policy = policy;
        this.chance = chance;
    }

    /** Whether the shard holds as much as it may; ends that are only remembered count by their bytes alone. */
    public boolean isFull() {
        return state.remembered() - state.ends() >= policy.maxTasks() || state.bytes() >= policy.maxBytes();
    }

    /** How much of what a shard may hold it holds, by tasks or by bytes, whichever is nearer to its limit; full from 1. */
    public double fill() {
        double tasks = (double) (state.remembered() - state.ends()) / policy.maxTasks();
        return Math.max(tasks, (double) state.bytes() / policy.maxBytes());
    }

    /**
     * A submission over HTTP.
     *
     * @param delaysFromMs from when its delay counts: now, or later if shard time is known to be behind
     */
    public Accepted submit(Submission submission, long nowMs, long delaysFromMs) {
        return accept(submission.receivedAt(delaysFromMs), nowMs);
    }

    /** A task whose times are absolute. */
    public Accepted accept(Task task, long nowMs) {
        if (state.has(task.id())) {
            return Accepted.DUPLICATE;
        }
        if (isFull()) {
            return Accepted.FULL;
        }
        if (isOneQueueTooMany(task)) {
            return Accepted.TOO_MANY_QUEUES;
        }
        out.accepted(state.lastNumber() + 1, task, nowMs);
        return Accepted.NEW;
    }

    /** Whether this task would be refused as things are for its queue's sake: it is not known, and nor is its queue. */
    public boolean isOfQueueTooMany(Task task) {
        return isOneQueueTooMany(task) && !state.has(task.id());
    }

    /** Why it is {@link Accepted#TOO_MANY_QUEUES}. */
    public String queuesAreTooMany() {
        return "too-many-queues: this shard has " + state.heldQueues() + " queues, and may have " + policy.maxQueues()
                + " (expected: a queue that has tasks)";
    }

    /** A journal may hold more queues than may be taken in now: what is in them goes on. */
    private boolean isOneQueueTooMany(Task task) {
        if (state.heldQueues() < policy.maxQueues()) {
            return false;
        }
        TaskQueue queue = state.queue(task.queue());
        return queue == null || !queue.isHeld();
    }

    /** @param leaderEpoch as in {@link Events#inboxSettled} */
    public void settleInbox(long nextOffset, int leaderEpoch) {
        if (nextOffset > state.inboxOffset()) {
            out.inboxSettled(nextOffset, state.foldVersion() < Base.WITH_LEADER_EPOCH ? -1 : leaderEpoch);
        }
    }

    /**
     * Leases the best ready tasks of the queues; a poll that is repeated gets what it got before, as far as it holds.
     * Gets fewer than there are, perhaps none, if very many expired on the way: ask again in the next turn.
     */
    public List<Grant> grant(Wanted wanted, long nowMs) {
        if (wanted.pollId() != null) {
            List<TaskEntry> held = state.byPoll(wanted.worker(), wanted.pollId());
            if (!held.isEmpty()) {
                return held.stream().map(Decider::grantOf).toList();
            }
        }
        List<Grant> grants = new ArrayList<>(Math.min(wanted.max(), 16));
        long bytes = 0;
        long mostEnds = state.lastEnd() + MOST_EXPIRED_A_GRANT;
        while (grants.size() < wanted.max()) {
            TaskEntry head = best(wanted.queues(), mostEnds, nowMs);
            if (head == null) {
                break;
            }
            bytes += head.task().payloadLength();
            if (bytes > wanted.maxBytes() && !grants.isEmpty()) {
                break;
            }
            long leaseMs = wanted.leaseMs() > 0 ? wanted.leaseMs() : head.task().leaseMs();
            out.leased(head.number(), nextFence(nowMs), leaseMs, wanted.worker(), wanted.pollId());
            grants.add(grantOf(head));
        }
        return grants;
    }

    private static Grant grantOf(TaskEntry entry) {
        return new Grant(
                entry.task(),
                entry.fence(),
                entry.lease().leaseMs(),
                entry.attempt(),
                Math.max(entry.acceptedMs(), entry.notBeforeMs()));
    }

    /** The first of all heads; those whose deadline has passed end on the way. None if too many did. */
    private TaskEntry best(List<String> queues, long mostEnds, long nowMs) {
        TaskEntry best = null;
        for (String name : queues) {
            TaskQueue queue = state.queue(name);
            TaskEntry head = queue == null ? null : queue.head();
            while (head != null && head.deadlineMs() < nowMs) {
                if (state.lastEnd() >= mostEnds) {
                    return null;
                }
                out.expired(head.number(), nowMs);
                head = queue.head();
            }
            if (head != null && (best == null || head.compareTo(best) < 0)) {
                best = head;
            }
        }
        return best;
    }

    private long nextFence(long nowMs) {
        return Math.max(state.lastFence() + 1, nowMs * FENCES_PER_MS);
    }

    /**
     * The report of whoever holds, or last held, the lease with this fence.
     *
     * @param delaysFromMs from when the delay of a retry counts: now, or later if shard time is known to be behind
     */
    public Answer report(long fence, Report report, long nowMs, long delaysFromMs) {
        TaskEntry entry = state.byFence(fence);
        if (entry == null) {
            return Answer.LOST;
        }
        if (entry.reportedFence() == fence) {
            return repeated(entry, fence, report);
        }
        if (entry.end() != null) {
            return Answer.ENDED;
        }
        if (report.outcome() == Report.Outcome.SUCCESS) {
            out.completed(entry.number(), fence, nowMs, nowMs > entry.deadlineMs(), report.result());
            return Answer.OK;
        }
        if (entry.lease() == null) {
            return Answer.LOST;
        }
        if (report.outcome() == Report.Outcome.RELEASE) {
            out.returned(entry.number(), fence, Submission.after(delaysFromMs, report.retryAfterMs()));
            endIfTooLate(entry, nowMs);
        } else {
            fail(entry, fence, report, nowMs, delaysFromMs);
        }
        return Answer.OK;
    }

    /** The same report again gets the same answer; another one than was accepted changes nothing. */
    private static Answer repeated(TaskEntry entry, long fence, Report report) {
        boolean latest = entry.fence() == fence;
        boolean succeeded = latest && entry.end() != null && entry.end().cause() == EndCause.SUCCEEDED;
        if (succeeded == (report.outcome() == Report.Outcome.SUCCESS)) {
            return Answer.OK;
        }
        return latest && entry.end() != null ? Answer.ENDED : Answer.LOST;
    }

    private void fail(TaskEntry entry, long fence, Report report, long nowMs, long delaysFromMs) {
        int failures = entry.failures() + 1;
        long waitMs = report.retryAfterMs() >= 0
                ? report.retryAfterMs()
                : jittered(entry.task().backoff().ceilingMs(failures));
        out.failed(entry.number(), fence, Submission.after(delaysFromMs, waitMs), report.error());
        if (!report.retryable()) {
            out.deadLettered(entry.number(), EndCause.NOT_RETRYABLE, nowMs);
        } else if (failures >= entry.task().maxAttempts()) {
            out.deadLettered(entry.number(), EndCause.ATTEMPTS_EXHAUSTED, nowMs);
        } else {
            endIfTooLate(entry, nowMs);
        }
    }

    /** Between half the ceiling and all of it. */
    private long jittered(long ceilingMs) {
        return ceilingMs - chance.upTo(ceilingMs / 2);
    }

    private void endIfTooLate(TaskEntry entry, long nowMs) {
        if (entry.notBeforeMs() > entry.deadlineMs()) {
            out.expired(entry.number(), nowMs);
        }
    }

    /**
     * The holder of the lease was silent for too long.
     *
     * @param counted false if it may have been the coordinators that could not be heard
     */
    public void expireLease(TaskEntry entry, boolean counted, long nowMs) {
        out.leaseExpired(entry.number(), entry.fence(), counted);
        if (counted && entry.expiries() >= policy.maxExpiries()) {
            out.deadLettered(entry.number(), EndCause.EXPIRIES_EXHAUSTED, nowMs);
        }
    }

    /** Ends the next waiting task whose deadline has passed; false if there is none. */
    public boolean expireNext(long nowMs) {
        TaskEntry next = state.nextDeadline();
        if (next == null || next.deadlineMs() >= nowMs) {
            return false;
        }
        out.expired(next.number(), nowMs);
        return true;
    }

    /** Cancels the task unless it has ended; true if it is cancelled now. A live one must be the state's own. */
    public boolean cancel(TaskEntry entry, long nowMs) {
        if (entry.end() == null) {
            out.cancelled(entry.number(), nowMs);
        }
        return entry.end().cause() == EndCause.CANCELLED;
    }

    /** Gives a dead letter a new life; false if the task is not one. A deadline that has passed is dropped. */
    public boolean redrive(TaskEntry entry, long nowMs) {
        if (!entry.isDeadLetter()) {
            return false;
        }
        long deadlineMs = entry.deadlineMs() < nowMs ? Task.NO_DEADLINE : entry.deadlineMs();
        out.redriven(entry.number(), state.lastNumber() + 1, nowMs, deadlineMs);
        return true;
    }

    /** Whether the shard's version knows purges: before, none may be decided. */
    public boolean mayPurge() {
        return state.foldVersion() >= Fold.WITH_PURGES;
    }

    /** Gives a dead letter up for good; false if the task is not one. Only while {@link #mayPurge}. */
    public boolean purge(TaskEntry entry) {
        if (!entry.isDeadLetter()) {
            return false;
        }
        out.purged(entry.number());
        return true;
    }

    /** Begins a generation: from now on what matters of the earlier ones is to be carried. The first fact of its turn. */
    public void base() {
        out.based(new Base(
                state.generation() + 1,
                state.inboxOffset(),
                state.inboxLeaderEpoch(),
                state.lastNumber(),
                state.lastFence(),
                state.lastEnd(),
                state.publishedEnd(),
                state.claim()));
    }

    /** Takes a task of an earlier generation into the present one. */
    public void carry(TaskEntry entry) {
        out.carried(entry.carried());
    }

    /**
     * Completes the generation, unless there is an end of an earlier one that is not public yet and belongs to a task that
     * lives again: false, try later. Whatever was not carried must be an end that the trim forgets.
     *
     * @param baseOffset where the generation's base lies
     */
    public boolean trim(long baseOffset, long forgetEndedBefore, long forgetEndsUpTo) {
        for (TaskEntry entry : state.unpublished()) {
            if (entry.generation() < state.generation() && state.byNumber(entry.number()) != entry) {
                return false;
            }
        }
        out.trimmed(new Trim(state.generation(), baseOffset, forgetEndedBefore, forgetEndsUpTo));
        return true;
    }

    /** Writes down what the state is, so that other copies can tell whether theirs is the same. */
    public void digest() {
        out.digested(StateDigest.of(state));
    }

    /** Shard time had been ahead, and goes on from here. */
    public void setTime(long nowMs) {
        if (nowMs < state.nowMs()) {
            out.timeSet(nowMs);
        }
    }

    /** From this fact on the shard is folded by these rules, and W is this one; as in {@link Events#termsSet}. */
    public void setTerms(int foldVersion, long proofMs) {
        out.termsSet(foldVersion, proofMs);
    }

    /** Nothing more will be decided: the shard is given up. */
    public void release() {
        out.released();
    }

    public void publishedEnds(long endNumber) {
        if (endNumber > state.publishedEnd()) {
            out.endsPublished(endNumber);
        }
    }
}

package io.leasehold.core.state;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;

/**
 * The only writer of a {@link ShardState}: turns facts into what is true now. The same code runs live, on replay and on a
 * follower. It is total: a fact about an unknown task, or one that no longer applies, changes nothing. It never decides,
 * never throws on a readable record, and sees no clock.
 */
public final class Fold implements Events {
    /** Changes whenever the same records would fold to another state. */
    public static final int VERSION = 1;

    /** A result longer than this is dropped from memory once the end is public. */
    static final int KEPT_RESULT_BYTES = 1024;

    private final ShardState state;
    private final Places places;

    public Fold(ShardState state) {
        this.state = state;
        this.places = new Places(state);
    }

    /**
     * Begins a record: true if it is effective, that is, a claim above every earlier one or the next record of the claim
     * in force. The events of any other record are void and must not be told.
     */
    public boolean begin(TurnHeader header) {
        if (header.isClaim()) {
            if (header.epoch() <= state.epoch) {
                return false;
            }
            state.epoch = header.epoch();
            state.nonce = header.nonce();
            state.claim = null;
            state.released = false;
        } else if (!isNext(header)) {
            return false;
        }
        state.seq = header.seq();
        advance(header.nowMs());
        return true;
    }

    private boolean isNext(TurnHeader header) {
        return state.epoch > 0
                && header.epoch() == state.epoch
                && header.nonce() == state.nonce
                && header.seq() == state.seq + 1;
    }

    /** Lets shard time pass: delayed tasks whose start has come are ready from now on. */
    private void advance(long nowMs) {
        if (nowMs <= state.nowMs) {
            return;
        }
        state.nowMs = nowMs;
        places.pass(nowMs);
    }

    @Override
    public void claimed(Claim claim) {
        state.claim = claim;
    }

    @Override
    public void released() {
        state.released = true;
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        if (number <= state.lastNumber) {
            return;
        }
        state.lastNumber = number;
        if (state.byId.containsKey(task.id())) {
            return;
        }
        TaskEntry entry = new TaskEntry(number, task, acceptedMs);
        state.byId.put(task.id(), entry);
        state.byNumber.put(number, entry);
        state.live++;
        places.startWaiting(entry);
        places.enter(entry);
    }

    @Override
    public void inboxSettled(long nextOffset) {
        state.inboxOffset = Math.max(state.inboxOffset, nextOffset);
    }

    @Override
    public void leased(long number, long fence, long leaseMs, String worker, String pollId) {
        if (fence <= state.lastFence) {
            return;
        }
        state.lastFence = fence;
        TaskEntry entry = state.byNumber.get(number);
        if (entry == null || !entry.isWaiting()) {
            return;
        }
        places.leave(entry);
        places.stopWaiting(entry);
        if (entry.fence != entry.reportedFence) {
            state.byFence.remove(entry.fence);
        }
        entry.fence = fence;
        entry.attempt++;
        entry.lease = new Lease(leaseMs, worker, pollId);
        state.byFence.put(fence, entry);
        state.leased++;
        if (pollId != null) {
            state.byPoll
                    .computeIfAbsent(new PollKey(worker, pollId), key -> new ArrayList<>(4))
                    .add(entry);
        }
        places.enter(entry);
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        TaskEntry entry = state.byNumber.get(number);
        if (entry == null || entry.end != null || entry.fence != fence) {
            return;
        }
        places.leave(entry);
        report(entry, fence);
        end(entry, EndCause.SUCCEEDED, endedMs, late, result);
        places.enter(entry);
    }

    @Override
    public void failed(long number, long fence, long retryAtMs, String error) {
        TaskEntry entry = holder(number, fence);
        if (entry == null) {
            return;
        }
        places.leave(entry);
        report(entry, fence);
        entry.failures++;
        entry.lastError = error;
        requeue(entry, retryAtMs);
        places.enter(entry);
    }

    @Override
    public void returned(long number, long fence, long retryAtMs) {
        TaskEntry entry = holder(number, fence);
        if (entry == null) {
            return;
        }
        places.leave(entry);
        report(entry, fence);
        requeue(entry, retryAtMs);
        places.enter(entry);
    }

    @Override
    public void leaseExpired(long number, long fence, boolean counted) {
        TaskEntry entry = holder(number, fence);
        if (entry == null) {
            return;
        }
        places.leave(entry);
        if (counted) {
            entry.expiries++;
        }
        requeue(entry, entry.notBeforeMs);
        places.enter(entry);
    }

    @Override
    public void deadLettered(long number, EndCause cause, long endedMs) {
        endIfLive(number, cause, endedMs);
    }

    @Override
    public void expired(long number, long endedMs) {
        endIfLive(number, EndCause.DEADLINE_PASSED, endedMs);
    }

    @Override
    public void cancelled(long number, long endedMs) {
        endIfLive(number, EndCause.CANCELLED, endedMs);
    }

    @Override
    public void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        if (newNumber <= state.lastNumber) {
            return;
        }
        state.lastNumber = newNumber;
        TaskEntry dead = state.byNumber.get(number);
        if (dead == null || dead.state() != TaskState.DEAD) {
            return;
        }
        places.leave(dead);
        state.byFence.remove(dead.fence);
        state.byFence.remove(dead.reportedFence);
        state.byNumber.remove(number);
        state.dead.remove(number);
        TaskEntry entry = new TaskEntry(newNumber, dead.task.renewed(deadlineMs), redrivenMs);
        state.byId.put(entry.task.id(), entry);
        state.byNumber.put(newNumber, entry);
        state.live++;
        places.startWaiting(entry);
        places.enter(entry);
    }

    @Override
    public void endsPublished(long endNumber) {
        while (!state.unpublished.isEmpty() && state.unpublished.peek().end.number() <= endNumber) {
            TaskEntry entry = state.unpublished.poll();
            state.publishedEnd = entry.end.number();
            dropLongResult(entry);
        }
    }

    private void dropLongResult(TaskEntry entry) {
        End end = entry.end;
        if (end.result() == null || end.result().length <= KEPT_RESULT_BYTES) {
            return;
        }
        state.bytes -= entry.bytes();
        entry.end = new End(end.number(), end.cause(), end.endedMs(), end.late(), null);
        state.bytes += entry.bytes();
    }

    private TaskEntry holder(long number, long fence) {
        TaskEntry entry = state.byNumber.get(number);
        return entry == null || entry.lease == null || entry.fence != fence ? null : entry;
    }

    private void endIfLive(long number, EndCause cause, long endedMs) {
        TaskEntry entry = state.byNumber.get(number);
        if (entry == null || entry.end != null) {
            return;
        }
        places.leave(entry);
        end(entry, cause, endedMs, false, new byte[0]);
        places.enter(entry);
    }

    /** From waiting or leased to ended. */
    private void end(TaskEntry entry, EndCause cause, long endedMs, boolean late, byte[] result) {
        if (entry.lease != null) {
            dropLease(entry);
        } else {
            places.stopWaiting(entry);
        }
        state.lastEnd++;
        state.live--;
        entry.end = new End(state.lastEnd, cause, endedMs, late, result);
        if (entry.state() == TaskState.DEAD) {
            state.dead.put(entry.number, entry);
        } else {
            entry.task = entry.task.withoutPayload();
        }
        state.unpublished.add(entry);
    }

    private void requeue(TaskEntry entry, long notBeforeMs) {
        dropLease(entry);
        entry.notBeforeMs = notBeforeMs;
        places.startWaiting(entry);
    }

    private void report(TaskEntry entry, long fence) {
        long before = entry.reportedFence;
        entry.reportedFence = fence;
        if (before != fence) {
            state.byFence.remove(before);
        }
    }

    private void dropLease(TaskEntry entry) {
        Lease lease = entry.lease;
        entry.lease = null;
        state.leased--;
        if (lease.pollId() == null) {
            return;
        }
        PollKey key = new PollKey(lease.worker(), lease.pollId());
        var entries = state.byPoll.get(key);
        if (entries != null) {
            entries.remove(entry);
            if (entries.isEmpty()) {
                state.byPoll.remove(key);
            }
        }
    }
}

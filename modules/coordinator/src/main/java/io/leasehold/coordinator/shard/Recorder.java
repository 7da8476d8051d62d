package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.lease.LeaseClock;
import io.leasehold.coordinator.lease.LeaseClocks;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.Trim;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where a decision becomes true: each event is written to the turn's record, then folded, then followed by what only the
 * owner keeps beside the state: lease clocks, ends to publish, queues whose head may have changed, figures.
 */
final class Recorder implements Events {
    private final int shard;
    private final ShardState state;
    private final Fold fold;
    private final LeaseClocks clocks;
    private final LongSupplier leaseNowMs;
    private final ShardMeters meters;
    private final Set<String> touched;
    private Turn turn;

    /** @param touched where the names of queues are put down whose head may have changed */
    Recorder(
            int shard,
            ShardState state,
            Fold fold,
            LeaseClocks clocks,
            LongSupplier leaseNowMs,
            ShardMeters meters,
            Set<String> touched) {
        this.shard = shard;
        this.state = state;
        this.fold = fold;
        this.clocks = clocks;
        this.leaseNowMs = leaseNowMs;
        this.meters = meters;
        this.touched = touched;
    }

    void into(Turn turn) {
        this.turn = turn;
    }

    @Override
    public void claimed(Claim claim) {
        throw new IllegalStateException("a claim is not part of a turn");
    }

    @Override
    public void released() {
        turn.writer().released();
        fold.released();
    }

    @Override
    public void termsSet(int foldVersion, long proofMs) {
        turn.writer().termsSet(foldVersion, proofMs);
        fold.termsSet(foldVersion, proofMs);
    }

    @Override
    public void timeSet(long nowMs) {
        turn.writer().timeSet(nowMs);
        fold.timeSet(nowMs);
        turn.timeSet(nowMs);
        state.queues().forEach(queue -> touched.add(queue.name()));
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        turn.writer().accepted(number, task, acceptedMs);
        fold.accepted(number, task, acceptedMs);
        touched.add(task.queue());
        meters.accepted(task.queue());
    }

    @Override
    public void inboxSettled(long nextOffset, int leaderEpoch) {
        turn.writer().inboxSettled(nextOffset, leaderEpoch);
        fold.inboxSettled(nextOffset, leaderEpoch);
    }

    @Override
    public void leased(long number, long fence, long leaseMs, String worker, String pollId) {
        turn.writer().leased(number, fence, leaseMs, worker, pollId);
        fold.leased(number, fence, leaseMs, worker, pollId);
        clocks.start(fence, number, leaseMs, leaseNowMs.getAsLong());
        TaskEntry entry = touch(number);
        long readyMs = Math.max(entry.acceptedMs(), entry.notBeforeMs());
        meters.leased(entry.queue(), entry.priority(), turn.nowMs() - readyMs);
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        turn.writer().completed(number, fence, endedMs, late, result);
        fold.completed(number, fence, endedMs, late, result);
        TaskEntry entry = touch(number);
        stopClock(entry, fence);
        ended(entry, result);
    }

    @Override
    public void failed(long number, long fence, long retryAtMs, String error) {
        turn.writer().failed(number, fence, retryAtMs, error);
        fold.failed(number, fence, retryAtMs, error);
        TaskEntry entry = touch(number);
        stopClock(entry, fence);
        meters.failed(entry.queue());
        meters.requeued(entry.queue(), "failure");
    }

    @Override
    public void returned(long number, long fence, long retryAtMs) {
        turn.writer().returned(number, fence, retryAtMs);
        fold.returned(number, fence, retryAtMs);
        TaskEntry entry = touch(number);
        stopClock(entry, fence);
        meters.requeued(entry.queue(), "release");
    }

    @Override
    public void leaseExpired(long number, long fence, boolean counted) {
        turn.writer().leaseExpired(number, fence, counted);
        fold.leaseExpired(number, fence, counted);
        TaskEntry entry = touch(number);
        clocks.stop(fence);
        meters.expired(entry.queue());
        meters.requeued(entry.queue(), "expiry");
    }

    @Override
    public void deadLettered(long number, EndCause cause, long endedMs) {
        turn.writer().deadLettered(number, cause, endedMs);
        fold.deadLettered(number, cause, endedMs);
        ended(touch(number), new byte[0]);
    }

    @Override
    public void expired(long number, long endedMs) {
        turn.writer().expired(number, endedMs);
        fold.expired(number, endedMs);
        ended(touch(number), new byte[0]);
    }

    @Override
    public void cancelled(long number, long endedMs) {
        turn.writer().cancelled(number, endedMs);
        fold.cancelled(number, endedMs);
        TaskEntry entry = touch(number);
        clocks.stop(entry.fence());
        ended(entry, new byte[0]);
    }

    @Override
    public void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        turn.writer().redriven(number, newNumber, redrivenMs, deadlineMs);
        fold.redriven(number, newNumber, redrivenMs, deadlineMs);
        TaskEntry entry = touch(newNumber);
        meters.requeued(entry.queue(), "redrive");
    }

    @Override
    public void purged(long number) {
        turn.writer().purged(number);
        fold.purged(number);
    }

    @Override
    public void endsPublished(long endNumber) {
        turn.writer().endsPublished(endNumber);
        fold.endsPublished(endNumber);
    }

    @Override
    public void based(Base base) {
        turn.writer().based(base);
        fold.based(base);
    }

    @Override
    public void carried(Carried carried) {
        turn.writer().carried(carried);
        fold.carried(carried);
    }

    @Override
    public void trimmed(Trim trim) {
        turn.writer().trimmed(trim);
        fold.trimmed(trim);
    }

    @Override
    public void digested(long digest) {
        turn.writer().digested(digest);
        fold.digested(digest);
    }

    private TaskEntry touch(long number) {
        TaskEntry entry = state.byNumber(number);
        touched.add(entry.queue());
        return entry;
    }

    private void stopClock(TaskEntry entry, long fence) {
        LeaseClock clock = clocks.stop(fence);
        if (clock != null) {
            meters.ran(entry.queue(), leaseNowMs.getAsLong() - clock.startedMs());
        }
    }

    private void ended(TaskEntry entry, byte[] result) {
        meters.ended(entry.queue(), entry.state());
        turn.ends().add(toPublish(shard, entry, result));
    }

    /** Of what has ended and is not known to be public: the ends after one number up to another, as {@link EndsOutlet.Backlog}. */
    static List<EndedTask> unpublished(int shard, ShardState state, long after, long upTo, int most, long mostBytes) {
        List<EndedTask> found = new ArrayList<>();
        long bytes = 0;
        for (TaskEntry entry : state.unpublished()) {
            if (entry.end().number() <= after) {
                continue;
            }
            if (entry.end().number() > upTo || found.size() >= most || bytes >= mostBytes) {
                break;
            }
            EndedTask end = toPublish(shard, entry, entry.end().result());
            found.add(end);
            bytes += EndsOutlet.bytes(end);
        }
        return found;
    }

    private static EndedTask toPublish(int shard, TaskEntry entry, byte[] result) {
        Task.Fields task = entry.task().fields();
        return new EndedTask(
                shard,
                entry.end().number(),
                task.id(),
                entry.queue(),
                task.type(),
                entry.priority(),
                entry.state(),
                entry.end().cause(),
                entry.attempt(),
                entry.failures(),
                entry.expiries(),
                entry.end().endedMs(),
                entry.end().late(),
                result,
                entry.lastError(),
                task.traceparent());
    }
}

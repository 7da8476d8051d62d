package io.leasehold.core.state;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.Trim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.Text;
import io.leasehold.core.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The only writer of a {@link ShardState}: turns facts into what is true now. The same code runs live, on replay and on a
 * follower. It is total: a fact about an unknown task, or one that no longer applies, changes nothing. It never decides,
 * and sees no clock. On a readable record it throws nothing but {@link DivergedException}, where the journal itself says
 * what must be true by now, and it is not; and {@link UnreadableRecordException}, where it says that rules apply that are
 * not known here.
 */
public final class Fold implements Events {
    /**
     * The newest version of the rules that this release folds by. It changes whenever the same records would fold to another
     * state, or that to another digest; the version in force, which the journal says, decides which rules apply.
     */
    public static final int VERSION = 4;

    /** The version under which, and under later ones, dead letters are purged and remembered errors are cut. */
    public static final int WITH_PURGES = 4;

    /** The oldest version that this release writes under, and whose digests it compares. */
    public static final int OLDEST_VERSION = 2;

    /** A result longer than this is dropped from memory once the end is public. */
    static final int KEPT_RESULT_BYTES = 1024;

    /** An error longer than this, in UTF-8, is cut once the end is public, unless it is that of a dead letter. */
    static final int KEPT_ERROR_BYTES = 1024;

    private final ShardState state;
    private final int newestVersion;
    private final Places places;
    private final Generations generations;
    /** Only while the state is partial. */
    private boolean unpublishedOutOfOrder;

    public Fold(ShardState state) {
        this(state, VERSION, queue -> {});
    }

    /** @param newestVersion the newest version of the rules that is taken; where the journal says a later one, the fold stops */
    public Fold(ShardState state, int newestVersion) {
        this(state, newestVersion, queue -> {});
    }

    /**
     * @param newestVersion the newest version of the rules that is taken; where the journal says a later one, the fold stops
     * @param readied told the name of each queue in which a task becomes ready because its time has come
     */
    public Fold(ShardState state, int newestVersion, Consumer<String> readied) {
        this.state = state;
        this.newestVersion = newestVersion;
        this.places = new Places(state, readied);
        this.generations = new Generations(state);
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
        if (!header.isClaim() || state.foldVersion < Claim.WITH_TERMS) {
            // A claimant may not have read yet that time was taken back.
            advance(header.nowMs());
        }
        return true;
    }

    /**
     * Begins the record in which a replay starts, as if everything before it had been folded: its base, which is told
     * next, says what is true of the shard. Nothing may have been folded before.
     */
    void beginAtBase(TurnHeader header) {
        state.epoch = header.epoch();
        state.nonce = header.nonce();
        state.seq = header.seq();
        state.partial = true;
        advance(header.nowMs());
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

    /**
     * {@inheritDoc}
     *
     * <p>Neither the version nor W falls by a claim: its owner may not have read what was set before it landed, and what
     * earlier owners told workers holds on.
     *
     * @throws UnreadableRecordException if its version is later than any that is known here
     */
    @Override
    public void claimed(Claim claim) {
        state.foldVersion = Math.max(state.foldVersion, known(claim.foldVersion()));
        state.proofMs = Math.max(state.proofMs, claim.proofMs());
        state.claim = claim.under(state.foldVersion, state.proofMs);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnreadableRecordException if the version is later than any that is known here
     */
    @Override
    public void termsSet(int foldVersion, long proofMs) {
        state.foldVersion = Math.max(state.foldVersion, known(foldVersion));
        state.proofMs = proofMs;
        if (state.claim != null) {
            state.claim = state.claim.under(state.foldVersion, proofMs);
        }
    }

    private int known(int foldVersion) {
        if (foldVersion > newestVersion) {
            throw new UnreadableRecordException(
                    "fold version: " + foldVersion + " (expected: at most " + newestVersion + ")");
        }
        return foldVersion;
    }

    @Override
    public void released() {
        state.released = true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>What waits for a start that was asked for waits for it again. A retry's start was reckoned from a time that was
     * wrong, or from one that seems to be: it keeps what it still had to wait.
     */
    @Override
    public void timeSet(long nowMs) {
        if (state.foldVersion >= Claim.WITH_TERMS && nowMs >= 0 && nowMs < state.nowMs) {
            places.takeBack(nowMs);
        }
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        if (number <= state.lastNumber) {
            return;
        }
        state.lastNumber = number;
        TaskEntry entry = new TaskEntry(number, task, acceptedMs);
        if (!state.byId.putIfAbsent(entry)) {
            return;
        }
        generations.join(entry);
        places.join(entry);
        state.byNumber.put(entry);
        state.live++;
        places.startWaiting(entry);
        places.enter(entry);
    }

    @Override
    public void inboxSettled(long nextOffset, int leaderEpoch) {
        if (nextOffset > state.inboxOffset) {
            state.inboxOffset = nextOffset;
            state.inboxLeaderEpoch = state.foldVersion < Base.WITH_LEADER_EPOCH ? -1 : leaderEpoch;
        }
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
        Past past = entry.touched();
        if (past.fence != past.reportedFence) {
            state.byFence.remove(past.fence);
        }
        past.fence = fence;
        past.attempt++;
        past.lease = new Lease(leaseMs, worker, pollId);
        state.byFence.put(fence, number);
        state.leases.add(entry);
        enlist(entry);
        places.enter(entry);
    }

    /** Among those of its poll, in the order in which they were leased. */
    private void enlist(TaskEntry entry) {
        if (entry.past.lease.pollId() == null) {
            return;
        }
        List<TaskEntry> entries = state.byPoll.computeIfAbsent(
                new PollKey(entry.past.lease.worker(), entry.past.lease.pollId()), key -> new ArrayList<>(4));
        int at = entries.size();
        while (at > 0 && entries.get(at - 1).past.fence > entry.past.fence) {
            at--;
        }
        entries.add(at, entry);
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        TaskEntry entry = ending(number);
        if (entry == null || entry.past.fence != fence) {
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
        entry.past.failures++;
        entry.past.lastError = error;
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
            entry.past.expiries++;
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
        if (dead == null || !dead.isDeadLetter()) {
            return;
        }
        state.byFence.remove(dead.past.fence);
        state.byFence.remove(dead.past.reportedFence);
        state.dead.remove(number);
        TaskEntry entry = new TaskEntry(newNumber, dead.task().renewed(deadlineMs), redrivenMs);
        generations.replace(dead, entry);
        places.join(entry);
        places.depart(dead);
        state.byId.replace(entry);
        state.byNumber.remove(number);
        state.byNumber.put(entry);
        state.live++;
        places.startWaiting(entry);
        places.enter(entry);
    }

    @Override
    public void purged(long number) {
        TaskEntry entry = state.byNumber.get(number);
        if (state.foldVersion < WITH_PURGES || entry == null || !entry.isDeadLetter()) {
            return;
        }
        boolean isPublic = entry.past.end.number() <= state.publishedEnd;
        places.leave(entry);
        if (!isPublic) {
            state.unpublishedBytes -= entry.carryBytes();
        }
        state.dead.remove(number);
        entry.past.end = entry.past.end.ofPurged();
        places.dropPayload(entry);
        if (!isPublic) {
            state.unpublishedBytes += entry.carryBytes();
        }
        places.enter(entry);
        if (isPublic) {
            remember(entry);
        }
    }

    /** Its end is public and for good: all that is left is to remember it. */
    private void remember(TaskEntry entry) {
        cutLongError(entry);
        generations.leave(entry);
        state.byNumber.remove(entry.number);
        places.pack(entry);
    }

    @Override
    public void endsPublished(long endNumber) {
        sortUnpublished();
        state.publishedEnd = Math.max(state.publishedEnd, Math.min(endNumber, state.lastEnd));
        while (!state.unpublished.isEmpty() && state.unpublished.peek().past.end.number() <= endNumber) {
            TaskEntry entry = state.unpublished.poll();
            state.unpublishedBytes -= entry.carryBytes();
            dropLongResult(entry);
            if (entry.hasEndedForGood()) {
                remember(entry);
            }
        }
    }

    private void dropLongResult(TaskEntry entry) {
        End end = entry.past.end;
        if (end.result() == null || end.result().length <= KEPT_RESULT_BYTES) {
            return;
        }
        places.leave(entry);
        entry.past.end = end.withoutResult(state.foldVersion < WITH_PURGES ? 0 : end.result().length);
        places.enter(entry);
    }

    private void cutLongError(TaskEntry entry) {
        String error = entry.past.lastError;
        // No character takes more than three bytes, or two that make a pair more than four.
        if (state.foldVersion < WITH_PURGES || error == null || error.length() <= KEPT_ERROR_BYTES / 3) {
            return;
        }
        String beginning = Text.beginning(error, KEPT_ERROR_BYTES);
        if (beginning.length() < error.length()) {
            places.leave(entry);
            entry.past.lastError = beginning;
            entry.past.end = entry.past.end.withErrorCut(error.getBytes(StandardCharsets.UTF_8).length);
            places.enter(entry);
        }
    }

    @Override
    public void based(Base base) {
        state.generation = Math.max(state.generation, base.generation());
        if (!state.partial) {
            return;
        }
        state.inboxOffset = base.inboxOffset();
        state.inboxLeaderEpoch = base.inboxLeaderEpoch();
        state.lastNumber = base.lastNumber();
        state.lastFence = base.lastFence();
        state.lastEnd = Math.max(0, base.lastEnd());
        state.publishedEnd = Math.min(state.lastEnd, base.publishedEnd());
        state.foldVersion = known(base.claim().foldVersion());
        state.proofMs = base.claim().proofMs();
        state.claim = base.claim();
    }

    @Override
    public void carried(Carried carried) {
        TaskEntry entry = state.byNumber.get(carried.number());
        if (entry != null) {
            generations.leave(entry);
            generations.join(entry);
        } else if (!state.ends.renew(carried.number(), (int) state.generation)) {
            bringIn(new TaskEntry(carried));
        }
    }

    /** A task that this copy has not seen, since it was accepted before the base from which it reads. */
    private void bringIn(TaskEntry entry) {
        state.highestNumber = Math.max(state.highestNumber, entry.number);
        if (!state.partial || !state.byId.putIfAbsent(entry)) {
            return;
        }
        places.join(entry);
        keep(entry);
        if (entry.past.fence > 0) {
            state.byFence.put(entry.past.fence, entry.number);
        }
        if (entry.past.reportedFence > 0) {
            state.byFence.put(entry.past.reportedFence, entry.number);
        }
        if (entry.past.end != null) {
            bringInEnd(entry);
        } else {
            state.live++;
            if (entry.past.lease != null) {
                state.leases.add(entry);
                enlist(entry);
            } else {
                places.startWaiting(entry);
            }
        }
        places.enter(entry);
    }

    private void keep(TaskEntry entry) {
        if (entry.hasEndedForGood() && entry.past.end.number() <= state.publishedEnd) {
            entry.generation = (int) state.generation;
            state.ends.put(entry);
        } else {
            generations.join(entry);
            state.byNumber.put(entry);
        }
    }

    private void bringInEnd(TaskEntry entry) {
        if (entry.isDeadLetter()) {
            state.dead.put(entry.number, entry);
        }
        if (entry.past.end.number() > state.publishedEnd) {
            state.unpublishedBytes += entry.carryBytes();
            TaskEntry last = state.unpublished.peekLast();
            unpublishedOutOfOrder |= last != null && last.past.end.number() > entry.past.end.number();
            state.unpublished.add(entry);
        }
    }

    /** Ends are carried in the order in which their tasks came, and wanted in the order in which they ended. */
    private void sortUnpublished() {
        if (!unpublishedOutOfOrder) {
            return;
        }
        unpublishedOutOfOrder = false;
        TaskEntry[] all = state.unpublished.toArray(TaskEntry[]::new);
        Arrays.sort(all, Comparator.comparingLong(each -> each.past.end.number()));
        state.unpublished.clear();
        state.unpublished.addAll(Arrays.asList(all));
    }

    /**
     * {@inheritDoc}
     *
     * @throws DivergedException if a task would be forgotten that must not be: it was not carried
     */
    @Override
    public void trimmed(Trim trim) {
        if (trim.generation() != state.generation) {
            return;
        }
        if (state.oldest != null && state.oldest.generation < trim.generation()) {
            throw new DivergedException(trim, state.oldest.number);
        }
        state.ends.forgetBefore(trim.generation(), entry -> {
            if (!entry.isForgettable(state.publishedEnd, trim.forgetEndedBefore(), trim.forgetEndsUpTo())) {
                throw new DivergedException(trim, entry.number);
            }
            places.forget(entry);
            state.byFence.remove(entry.past.fence);
            state.byFence.remove(entry.past.reportedFence);
            state.byId.remove(entry);
        });
        sortUnpublished();
        state.trimmed = trim.generation();
        state.partial = false;
    }

    /**
     * {@inheritDoc}
     *
     * @throws DivergedException if this copy's is another one
     */
    @Override
    public void digested(long digest) {
        if (state.partial || state.foldVersion < OLDEST_VERSION) {
            return;
        }
        long actual = StateDigest.of(state);
        if (actual != digest) {
            throw new DivergedException(state.epoch, state.seq, digest, actual);
        }
    }

    private TaskEntry holder(long number, long fence) {
        TaskEntry entry = state.byNumber.get(number);
        return entry == null || entry.past.lease == null || entry.past.fence != fence ? null : entry;
    }

    private void endIfLive(long number, EndCause cause, long endedMs) {
        TaskEntry entry = ending(number);
        if (entry == null) {
            return;
        }
        places.leave(entry);
        end(entry, cause, endedMs, false, new byte[0]);
        places.enter(entry);
    }

    /** The live task that ends, or null. One that is still to be carried is unknown here, but its end is counted. */
    private TaskEntry ending(long number) {
        TaskEntry entry = state.byNumber.get(number);
        if (entry == null && state.partial && !state.ends.has(number)) {
            state.lastEnd++;
        }
        return entry == null || entry.past.end != null ? null : entry;
    }

    /** From waiting or leased to ended. */
    private void end(TaskEntry entry, EndCause cause, long endedMs, boolean late, byte[] result) {
        if (entry.past.lease != null) {
            dropLease(entry);
        } else {
            places.stopWaiting(entry);
        }
        state.lastEnd++;
        state.live--;
        entry.touched().end = new End(state.lastEnd, cause, endedMs, late, result);
        if (entry.isDeadLetter()) {
            state.dead.put(entry.number, entry);
        } else {
            places.dropPayload(entry);
        }
        state.unpublished.add(entry);
        state.unpublishedBytes += entry.carryBytes();
    }

    private void requeue(TaskEntry entry, long notBeforeMs) {
        dropLease(entry);
        entry.notBeforeMs = notBeforeMs;
        places.startWaiting(entry);
    }

    private void report(TaskEntry entry, long fence) {
        long before = entry.past.reportedFence;
        entry.past.reportedFence = fence;
        if (before != fence) {
            state.byFence.remove(before);
        }
    }

    private void dropLease(TaskEntry entry) {
        Lease lease = entry.past.lease;
        entry.past.lease = null;
        state.leases.remove(entry);
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

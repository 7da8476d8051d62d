package io.leasehold.core.event;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import io.leasehold.core.wire.WireWriter;

/**
 * Writes one journal record: a header, then events as they are decided.
 *
 * <p>Format 1: a byte 1; the header's epoch as varint, nonce as 8 bytes, seq, nowMs and baseOffset as varints; then each
 * event as its code in one byte and its fields in the order of {@link Events}, spelled as {@link WireWriter} says. Later
 * formats have other first bytes, up to {@link Garbage#MOST_FORMAT}.
 *
 * <p>Not thread-safe; reused turn after turn.
 */
public final class TurnWriter implements Events {
    static final int FORMAT = 1;

    private final WireWriter out = new WireWriter(4096);
    private int events;

    /** Forgets what was written. */
    public void clear() {
        out.clear();
        events = 0;
    }

    /** Forgets what was written and begins anew. */
    public void begin(TurnHeader header) {
        clear();
        out.one(FORMAT);
        out.varint(header.epoch());
        out.fixed64(header.nonce());
        out.varint(header.seq());
        out.varint(header.nowMs());
        out.varint(header.baseOffset());
    }

    /** Bytes so far, header included. */
    public int size() {
        return out.size();
    }

    /** Events so far. */
    public int events() {
        return events;
    }

    public byte[] toRecord() {
        return out.toBytes();
    }

    @Override
    public void claimed(Claim claim) {
        kind(saysTerms(claim) ? EventKind.CLAIMED_WITH_TERMS : EventKind.CLAIMED);
        claim(claim);
    }

    /** Below that version claims are written byte for byte as the releases before wrote them. */
    private static boolean saysTerms(Claim claim) {
        return claim.foldVersion() >= Claim.WITH_TERMS;
    }

    private void claim(Claim claim) {
        out.text(claim.owner());
        out.text(claim.clusterId());
        out.text(claim.journalTopicId());
        out.text(claim.inboxTopicId());
        out.varint(claim.shards());
        out.varint(claim.foldVersion());
        if (saysTerms(claim)) {
            out.varint(claim.proofMs());
        }
        out.fixed64(claim.digest());
        out.varint(claim.digestEpoch());
        out.varint(claim.digestSeq());
    }

    @Override
    public void released() {
        kind(EventKind.RELEASED);
    }

    @Override
    public void termsSet(int foldVersion, long proofMs) {
        kind(EventKind.TERMS_SET);
        out.varint(foldVersion);
        out.varint(proofMs);
    }

    @Override
    public void timeSet(long nowMs) {
        kind(EventKind.TIME_SET);
        out.varint(nowMs);
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        kind(EventKind.ACCEPTED);
        out.varint(number);
        task.write(out);
        out.varint(acceptedMs);
    }

    /** 0 for none; a deadline before 1970 has long passed anyway. */
    private void deadline(long deadlineMs) {
        out.varint(deadlineMs == Task.NO_DEADLINE ? 0 : Math.max(1, deadlineMs));
    }

    @Override
    public void inboxSettled(long nextOffset, int leaderEpoch) {
        kind(leaderEpoch < 0 ? EventKind.INBOX_SETTLED : EventKind.INBOX_SETTLED_WITH_EPOCH);
        out.varint(nextOffset);
        if (leaderEpoch >= 0) {
            out.varint(leaderEpoch);
        }
    }

    @Override
    public void leased(long number, long fence, long leaseMs, String worker, String pollId) {
        kind(EventKind.LEASED);
        out.varint(number);
        out.varint(fence);
        out.varint(leaseMs);
        out.text(worker);
        out.text(pollId);
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        kind(EventKind.COMPLETED);
        out.varint(number);
        out.varint(fence);
        out.varint(endedMs);
        out.one(late ? 1 : 0);
        out.bytes(result);
    }

    @Override
    public void failed(long number, long fence, long retryAtMs, String error) {
        kind(EventKind.FAILED);
        out.varint(number);
        out.varint(fence);
        out.varint(retryAtMs);
        out.text(error);
    }

    @Override
    public void returned(long number, long fence, long retryAtMs) {
        kind(EventKind.RETURNED);
        out.varint(number);
        out.varint(fence);
        out.varint(retryAtMs);
    }

    @Override
    public void leaseExpired(long number, long fence, boolean counted) {
        kind(EventKind.LEASE_EXPIRED);
        out.varint(number);
        out.varint(fence);
        out.one(counted ? 1 : 0);
    }

    @Override
    public void deadLettered(long number, EndCause cause, long endedMs) {
        kind(EventKind.DEAD_LETTERED);
        out.varint(number);
        out.one(cause.code());
        out.varint(endedMs);
    }

    @Override
    public void expired(long number, long endedMs) {
        kind(EventKind.EXPIRED);
        out.varint(number);
        out.varint(endedMs);
    }

    @Override
    public void cancelled(long number, long endedMs) {
        kind(EventKind.CANCELLED);
        out.varint(number);
        out.varint(endedMs);
    }

    @Override
    public void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        kind(EventKind.REDRIVEN);
        out.varint(number);
        out.varint(newNumber);
        out.varint(redrivenMs);
        deadline(deadlineMs);
    }

    @Override
    public void purged(long number) {
        kind(EventKind.PURGED);
        out.varint(number);
    }

    @Override
    public void endsPublished(long endNumber) {
        kind(EventKind.ENDS_PUBLISHED);
        out.varint(endNumber);
    }

    @Override
    public void based(Base base) {
        boolean saysEpoch = base.claim().foldVersion() >= Base.WITH_LEADER_EPOCH;
        kind(
                saysEpoch
                        ? EventKind.BASE_WITH_LEADER_EPOCH
                        : saysTerms(base.claim()) ? EventKind.BASE_WITH_TERMS : EventKind.BASE);
        out.varint(base.generation());
        out.varint(base.inboxOffset());
        if (saysEpoch) {
            out.varint(base.inboxLeaderEpoch() + 1L);
        }
        out.varint(base.lastNumber());
        out.varint(base.lastFence());
        out.varint(base.lastEnd());
        out.varint(base.publishedEnd());
        claim(base.claim());
    }

    @Override
    public void carried(Carried carried) {
        kind(kindOf(carried));
        CarriedForm.write(carried, out);
    }

    static int kindOf(Carried carried) {
        if (carried.isPurged()) {
            return EventKind.CARRIED_PURGED;
        }
        boolean saysLengths = carried.end() != null && carried.end().saysLengths();
        return saysLengths ? EventKind.CARRIED_WITH_LENGTHS : EventKind.CARRIED;
    }

    @Override
    public void trimmed(Trim trim) {
        kind(EventKind.TRIMMED);
        out.varint(trim.generation());
        out.varint(trim.baseOffset());
        out.varint(trim.forgetEndedBefore());
        out.varint(trim.forgetEndsUpTo());
    }

    @Override
    public void digested(long digest) {
        kind(EventKind.DIGESTED);
        out.fixed64(digest);
    }

    private void kind(int code) {
        out.one(code);
        events++;
    }
}

package io.leasehold.core.event;

import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one journal record: a header, then events as they are decided.
 *
 * <p>Format 1: a byte 1; the header's epoch as varint, nonce as 8 bytes, seq, nowMs and baseOffset as varints; then each
 * event as its code in one byte and its fields in the order of {@link Events}. Whole numbers are varints of seven bits a
 * byte, low bits first; those that may be negative are zigzag-coded. Text is a varint of its UTF-8 length + 1 and the
 * bytes, 0 for null; bytes are a varint of the length and the bytes; a double is its 8 bytes, high byte first.
 *
 * <p>Not thread-safe; reused turn after turn.
 */
public final class TurnWriter implements Events {
    static final int FORMAT = 1;

    private byte[] buffer = new byte[4096];
    private int size;
    private int events;

    /** Forgets what was written and begins anew. */
    public void begin(TurnHeader header) {
        size = 0;
        events = 0;
        put(FORMAT);
        varint(header.epoch());
        fixed64(header.nonce());
        varint(header.seq());
        varint(header.nowMs());
        varint(header.baseOffset());
    }

    /** Bytes so far, header included. */
    public int size() {
        return size;
    }

    /** Events so far. */
    public int events() {
        return events;
    }

    public byte[] toRecord() {
        return Arrays.copyOf(buffer, size);
    }

    @Override
    public void claimed(Claim claim) {
        kind(EventKind.CLAIMED);
        claim(claim);
    }

    private void claim(Claim claim) {
        text(claim.owner());
        text(claim.clusterId());
        text(claim.journalTopicId());
        text(claim.inboxTopicId());
        varint(claim.shards());
        varint(claim.foldVersion());
        fixed64(claim.digest());
        varint(claim.digestEpoch());
        varint(claim.digestSeq());
    }

    @Override
    public void released() {
        kind(EventKind.RELEASED);
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        kind(EventKind.ACCEPTED);
        varint(number);
        task(task);
        varint(acceptedMs);
    }

    private void task(Task task) {
        text(task.id());
        text(task.queue());
        text(task.type());
        zigzag(task.priority());
        deadline(task.deadlineMs());
        varint(task.notBeforeMs());
        varint(task.maxAttempts());
        varint(task.leaseMs());
        backoff(task.backoff());
        text(task.traceparent());
        bytes(task.payload());
    }

    /** 0 for none; a deadline before 1970 has long passed anyway. */
    private void deadline(long deadlineMs) {
        varint(deadlineMs == Task.NO_DEADLINE ? 0 : Math.max(1, deadlineMs));
    }

    private void backoff(Backoff backoff) {
        if (backoff.equals(Backoff.DEFAULT)) {
            put(0);
            return;
        }
        put(1);
        varint(backoff.initialMs());
        fixed64(Double.doubleToLongBits(backoff.multiplier()));
        varint(backoff.maxMs());
    }

    @Override
    public void inboxSettled(long nextOffset) {
        kind(EventKind.INBOX_SETTLED);
        varint(nextOffset);
    }

    @Override
    public void leased(long number, long fence, long leaseMs, String worker, String pollId) {
        kind(EventKind.LEASED);
        varint(number);
        varint(fence);
        varint(leaseMs);
        text(worker);
        text(pollId);
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        kind(EventKind.COMPLETED);
        varint(number);
        varint(fence);
        varint(endedMs);
        put(late ? 1 : 0);
        bytes(result);
    }

    @Override
    public void failed(long number, long fence, long retryAtMs, String error) {
        kind(EventKind.FAILED);
        varint(number);
        varint(fence);
        varint(retryAtMs);
        text(error);
    }

    @Override
    public void returned(long number, long fence, long retryAtMs) {
        kind(EventKind.RETURNED);
        varint(number);
        varint(fence);
        varint(retryAtMs);
    }

    @Override
    public void leaseExpired(long number, long fence, boolean counted) {
        kind(EventKind.LEASE_EXPIRED);
        varint(number);
        varint(fence);
        put(counted ? 1 : 0);
    }

    @Override
    public void deadLettered(long number, EndCause cause, long endedMs) {
        kind(EventKind.DEAD_LETTERED);
        varint(number);
        put(cause.code());
        varint(endedMs);
    }

    @Override
    public void expired(long number, long endedMs) {
        kind(EventKind.EXPIRED);
        varint(number);
        varint(endedMs);
    }

    @Override
    public void cancelled(long number, long endedMs) {
        kind(EventKind.CANCELLED);
        varint(number);
        varint(endedMs);
    }

    @Override
    public void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        kind(EventKind.REDRIVEN);
        varint(number);
        varint(newNumber);
        varint(redrivenMs);
        deadline(deadlineMs);
    }

    @Override
    public void endsPublished(long endNumber) {
        kind(EventKind.ENDS_PUBLISHED);
        varint(endNumber);
    }

    @Override
    public void based(Base base) {
        kind(EventKind.BASE);
        varint(base.generation());
        varint(base.inboxOffset());
        varint(base.lastNumber());
        varint(base.lastFence());
        varint(base.lastEnd());
        varint(base.publishedEnd());
        claim(base.claim());
    }

    @Override
    public void carried(Carried carried) {
        kind(EventKind.CARRIED);
        varint(carried.number());
        task(carried.task());
        varint(carried.acceptedMs());
        varint(carried.notBeforeMs());
        varint(carried.attempt());
        varint(carried.failures());
        varint(carried.expiries());
        varint(carried.fence());
        varint(carried.reportedFence());
        text(carried.lastError());
        lease(carried.lease());
        end(carried.end());
    }

    private void lease(Lease lease) {
        put(lease == null ? 0 : 1);
        if (lease != null) {
            varint(lease.leaseMs());
            text(lease.worker());
            text(lease.pollId());
        }
    }

    /** 0 for none, 1 for an end, 2 for one whose result is no longer known. */
    private void end(End end) {
        if (end == null) {
            put(0);
            return;
        }
        put(end.result() == null ? 2 : 1);
        varint(end.number());
        put(end.cause().code());
        varint(end.endedMs());
        put(end.late() ? 1 : 0);
        if (end.result() != null) {
            bytes(end.result());
        }
    }

    @Override
    public void trimmed(Trim trim) {
        kind(EventKind.TRIMMED);
        varint(trim.generation());
        varint(trim.baseOffset());
        varint(trim.forgetEndedBefore());
        varint(trim.forgetEndsUpTo());
    }

    @Override
    public void digested(long digest) {
        kind(EventKind.DIGESTED);
        fixed64(digest);
    }

    private void kind(int code) {
        put(code);
        events++;
    }

    private void put(int b) {
        room(1);
        buffer[size++] = (byte) b;
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    private void fixed64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    private void text(String value) {
        if (value == null) {
            put(0);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length + 1L);
        raw(utf8);
    }

    private void bytes(byte[] value) {
        varint(value.length);
        raw(value);
    }

    private void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}

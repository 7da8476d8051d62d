package io.leasehold.core.event;

import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a journal record that {@link TurnWriter} wrote: first the header, then, if the listener wants them, the events.
 * Whatever the bytes, it throws nothing but {@link UnreadableRecordException}. Not thread-safe.
 */
public final class TurnReader {
    private static final byte[] NONE = {};

    private byte[] buffer = NONE;
    private int at;

    /** Begins a record. */
    public TurnHeader header(byte[] record) {
        if (record == null) {
            throw new UnreadableRecordException("journal record: null (expected: bytes)");
        }
        buffer = record;
        at = 0;
        int format = one();
        if (format != TurnWriter.FORMAT) {
            throw new UnreadableRecordException(
                    "journal record format: " + format + " (expected: " + TurnWriter.FORMAT + ")");
        }
        return new TurnHeader(varint(), fixed64(), varint(), varint(), varint());
    }

    /** Whether the record that {@link #header} began starts with a base. */
    public boolean isBaseAfterHeader() {
        return at < buffer.length && (buffer[at] & 0xff) == EventKind.BASE;
    }

    /** Tells the rest of the record that {@link #header} began. */
    public void events(Events to) {
        while (at < buffer.length) {
            event(one(), to);
        }
    }

    /** The claim with which the record that {@link #header} began starts; {@link #events} still tells it. */
    public Claim claimAfterHeader() {
        int start = at;
        int kind = one();
        if (kind != EventKind.CLAIMED) {
            throw new UnreadableRecordException("first event of a claim: " + kind + " (expected: a claim)");
        }
        Claim claim = claim();
        at = start;
        return claim;
    }

    private void event(int kind, Events to) {
        switch (kind) {
            case EventKind.CLAIMED -> to.claimed(claim());
            case EventKind.RELEASED -> to.released();
            case EventKind.ACCEPTED -> to.accepted(ordinal(), task(), varint());
            case EventKind.INBOX_SETTLED -> to.inboxSettled(varint());
            case EventKind.LEASED -> to.leased(ordinal(), ordinal(), varint(), required("worker"), text());
            case EventKind.COMPLETED -> to.completed(ordinal(), ordinal(), varint(), one() == 1, bytes());
            case EventKind.FAILED -> to.failed(ordinal(), ordinal(), varint(), text());
            case EventKind.RETURNED -> to.returned(ordinal(), ordinal(), varint());
            case EventKind.LEASE_EXPIRED -> to.leaseExpired(ordinal(), ordinal(), one() == 1);
            case EventKind.DEAD_LETTERED -> to.deadLettered(ordinal(), cause(), varint());
            case EventKind.EXPIRED -> to.expired(ordinal(), varint());
            case EventKind.CANCELLED -> to.cancelled(ordinal(), varint());
            case EventKind.REDRIVEN -> to.redriven(ordinal(), ordinal(), varint(), deadline());
            case EventKind.ENDS_PUBLISHED -> to.endsPublished(varint());
            case EventKind.BASE -> to.based(base());
            case EventKind.CARRIED -> to.carried(carried());
            case EventKind.TRIMMED -> to.trimmed(new Trim(ordinal(), varint(), varint(), varint()));
            case EventKind.DIGESTED -> to.digested(fixed64());
            default ->
                throw new UnreadableRecordException(
                        "journal event kind: " + kind + " (expected: a kind of this release or an older one)");
        }
    }

    private Claim claim() {
        return new Claim(
                required("owner"),
                required("cluster id"),
                required("journal topic id"),
                required("inbox topic id"),
                (int) varint(),
                (int) varint(),
                fixed64(),
                varint(),
                varint());
    }

    private Base base() {
        return new Base(ordinal(), varint(), varint(), varint(), varint(), varint(), claim());
    }

    private Carried carried() {
        return new Carried(
                ordinal(),
                task(),
                varint(),
                varint(),
                (int) varint(),
                (int) varint(),
                (int) varint(),
                varint(),
                varint(),
                text(),
                lease(),
                end());
    }

    private Lease lease() {
        return one() == 0 ? null : new Lease(varint(), required("worker"), text());
    }

    private End end() {
        int kind = one();
        return kind == 0 ? null : new End(ordinal(), cause(), varint(), one() == 1, kind == 2 ? null : bytes());
    }

    private Task task() {
        String id = required("task id");
        String queue = required("task queue");
        String type = text();
        int priority = (int) zigzag();
        long deadline = deadline();
        long notBefore = varint();
        int maxAttempts = (int) varint();
        long leaseMs = varint();
        Backoff backoff = backoff();
        String traceparent = text();
        return new Task(
                id, queue, type, priority, deadline, notBefore, bytes(), maxAttempts, leaseMs, backoff, traceparent);
    }

    private long deadline() {
        long value = varint();
        return value == 0 ? Task.NO_DEADLINE : value;
    }

    private Backoff backoff() {
        return one() == 0 ? Backoff.DEFAULT : new Backoff(varint(), Double.longBitsToDouble(fixed64()), varint());
    }

    private EndCause cause() {
        int code = one();
        EndCause cause = EndCause.ofCode(code);
        if (cause == null) {
            throw new UnreadableRecordException("end cause: " + code + " (expected: a cause of this release)");
        }
        return cause;
    }

    private String required(String what) {
        String value = text();
        if (value == null) {
            throw new UnreadableRecordException(what + ": none (expected: text)");
        }
        return value;
    }

    /** The number of a task or a fence: these count from 1. */
    private long ordinal() {
        long value = varint();
        if (value <= 0) {
            throw new UnreadableRecordException("task number or fence: " + value + " (expected: > 0)");
        }
        return value;
    }

    private int one() {
        need(1);
        return buffer[at++] & 0xff;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = one();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new UnreadableRecordException("varint: longer than ten bytes");
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long fixed64() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (buffer[at++] & 0xff);
        }
        return value;
    }

    private String text() {
        int length = length() - 1;
        if (length < 0) {
            return null;
        }
        need(length);
        String value = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    private byte[] bytes() {
        int length = length();
        if (length == 0) {
            return NONE;
        }
        need(length);
        byte[] value = Arrays.copyOfRange(buffer, at, at + length);
        at += length;
        return value;
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new UnreadableRecordException("length: " + length + " (expected: at most the record's size)");
        }
        return (int) length;
    }

    private void need(int bytes) {
        if (buffer.length - at < bytes) {
            throw new UnreadableRecordException("journal record: ends within an event");
        }
    }
}

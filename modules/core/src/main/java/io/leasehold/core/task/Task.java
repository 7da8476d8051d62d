package io.leasehold.core.task;

import io.leasehold.core.wire.UnreadableRecordException;
import io.leasehold.core.wire.WireReader;
import io.leasehold.core.wire.WireWriter;
import java.util.Arrays;
import java.util.Objects;

/**
 * What was asked for: a task as submitted, with every relative time made absolute. It never changes while it lives.
 *
 * <p>It is held as the bytes in which the journal spells it: a shard holds millions of them, and most are never looked at
 * between their way in and their way out. What is asked for is read from there each time.
 */
public final class Task {
    public static final long NO_DEADLINE = Long.MAX_VALUE;
    /** What a task takes beside its texts and its payload, at most. */
    private static final int FIELD_BYTES = 100;

    private final byte[] form;

    /**
     * Half surrogate pairs in texts become question marks, and a deadline before 1970 becomes its first millisecond: it
     * has passed anyway.
     *
     * @param id the caller's name for the task; a second submission of the same id is a duplicate
     * @param type which handler runs it, or null
     * @param priority higher runs first
     * @param deadlineMs epoch milliseconds after which the task must not start; {@link #NO_DEADLINE} for none
     * @param notBeforeMs epoch milliseconds before which the task must not start; 0 for none
     * @param payload JSON text as the producer wrote it, never parsed here; empty for none
     * @param leaseMs how long a worker may hold the task without a heartbeat
     * @param traceparent W3C trace context, or null
     */
    public Task(
            String id,
            String queue,
            String type,
            int priority,
            long deadlineMs,
            long notBeforeMs,
            byte[] payload,
            int maxAttempts,
            long leaseMs,
            Backoff backoff,
            String traceparent) {
        WireWriter to = new WireWriter(id.length() + payload.length + FIELD_BYTES);
        to.text(Objects.requireNonNull(id, "id"));
        to.text(Objects.requireNonNull(queue, "queue"));
        to.text(type);
        to.zigzag(priority);
        to.varint(deadlineMs == NO_DEADLINE ? 0 : Math.max(1, deadlineMs));
        to.varint(notBeforeMs);
        to.varint(maxAttempts);
        to.varint(leaseMs);
        write(backoff, to);
        to.text(traceparent);
        to.bytes(payload);
        form = to.toBytes();
    }

    private Task(byte[] form) {
        this.form = form;
    }

    /** The task whose {@link #form} this is. Not copied: do not change it. */
    public static Task of(byte[] form) {
        return new Task(form);
    }

    /**
     * Reads a task that {@link #write} wrote.
     *
     * @throws UnreadableRecordException if the bytes are none
     */
    public static Task read(WireReader from) {
        int start = from.at();
        require("task id", from.skipText());
        require("task queue", from.skipText());
        from.skipText();
        for (int numbers = 0; numbers < 5; numbers++) {
            from.varint();
        }
        readBackoff(from);
        from.skipText();
        from.skipBytes();
        return new Task(from.since(start));
    }

    public void write(WireWriter to) {
        to.raw(form);
    }

    /** As the journal spells it. Not copied: do not change it. */
    public byte[] form() {
        return form;
    }

    public String id() {
        return at(0).text();
    }

    public String queue() {
        return at(1).text();
    }

    /** Whether that is its id, in UTF-8. */
    public boolean isCalled(byte[] bytes, int from, int to) {
        return isText(0, bytes, from, to);
    }

    /** Whether that is the queue's name, in UTF-8. */
    public boolean isOfQueue(byte[] name) {
        return isText(1, name, 0, name.length);
    }

    private boolean isText(int field, byte[] bytes, int from, int to) {
        WireReader in = at(field);
        int length = in.textLength();
        return Arrays.equals(form, in.at(), in.at() + length, bytes, from, to);
    }

    public String type() {
        return at(2).text();
    }

    public int priority() {
        return (int) at(3).zigzag();
    }

    public long deadlineMs() {
        return deadline(at(4).varint());
    }

    private static long deadline(long spelled) {
        return spelled == 0 ? NO_DEADLINE : Math.max(1, spelled);
    }

    public boolean hasDeadline() {
        return deadlineMs() != NO_DEADLINE;
    }

    public long notBeforeMs() {
        return at(5).varint();
    }

    public int maxAttempts() {
        return (int) at(6).varint();
    }

    public long leaseMs() {
        return at(7).varint();
    }

    public Backoff backoff() {
        return readBackoff(at(8));
    }

    public String traceparent() {
        return at(9).text();
    }

    /** A copy. */
    public byte[] payload() {
        return at(10).bytes();
    }

    public int payloadLength() {
        return at(10).bytesLength();
    }

    /** All of a task at once, for who wants most of it. */
    public record Fields(
            String id,
            String queue,
            String type,
            int priority,
            long deadlineMs,
            long notBeforeMs,
            int maxAttempts,
            long leaseMs,
            Backoff backoff,
            String traceparent,
            byte[] payload) {}

    public Fields fields() {
        WireReader from = at(0);
        return new Fields(
                from.text(),
                from.text(),
                from.text(),
                (int) from.zigzag(),
                deadline(from.varint()),
                from.varint(),
                (int) from.varint(),
                from.varint(),
                readBackoff(from),
                from.text(),
                from.bytes());
    }

    /** A reader that stands before the field with this number, counted in the order of the constructor's spelling. */
    private WireReader at(int field) {
        WireReader from = new WireReader(form);
        for (int texts = Math.min(field, 3); texts > 0; texts--) {
            from.skipText();
        }
        for (int numbers = Math.min(field, 8) - 3; numbers > 0; numbers--) {
            from.varint();
        }
        if (field > 8) {
            readBackoff(from);
        }
        if (field > 9) {
            from.skipText();
        }
        return from;
    }

    private static void write(Backoff backoff, WireWriter to) {
        if (backoff.equals(Backoff.DEFAULT)) {
            to.one(0);
            return;
        }
        to.one(1);
        to.varint(backoff.initialMs());
        to.fixed64(Double.doubleToLongBits(backoff.multiplier()));
        to.varint(backoff.maxMs());
    }

    private static Backoff readBackoff(WireReader from) {
        return from.one() == 0
                ? Backoff.DEFAULT
                : new Backoff(from.varint(), Double.longBitsToDouble(from.fixed64()), from.varint());
    }

    private static void require(String what, boolean there) {
        if (!there) {
            throw new UnreadableRecordException(what + ": none (expected: text)");
        }
    }

    /** The same task, not to start before the given time. */
    public Task startingAt(long notBeforeMs) {
        return with(deadlineMs(), notBeforeMs);
    }

    /** The same task for a new life: free to start at once, with the given deadline. */
    public Task renewed(long deadlineMs) {
        return with(deadlineMs, 0);
    }

    /** What is worth remembering of a task that will not run again. */
    public Task withoutPayload() {
        WireReader from = at(10);
        int end = from.at();
        if (from.bytesLength() == 0) {
            return this;
        }
        // The payload is what comes last; a length of nothing is one byte, 0.
        byte[] without = Arrays.copyOf(form, end + 1);
        without[end] = 0;
        return new Task(without);
    }

    private Task with(long deadlineMs, long notBeforeMs) {
        Fields old = fields();
        return new Task(
                old.id(),
                old.queue(),
                old.type(),
                old.priority(),
                deadlineMs,
                notBeforeMs,
                old.payload(),
                old.maxAttempts(),
                old.leaseMs(),
                old.backoff(),
                old.traceparent());
    }

    /** Whether every field is the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Task task && Arrays.equals(form, task.form);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(form);
    }

    @Override
    public String toString() {
        return "task " + id() + " of queue " + queue();
    }
}

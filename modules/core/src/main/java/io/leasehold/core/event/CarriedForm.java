package io.leasehold.core.event;

import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Lease;
import io.leasehold.core.task.Task;
import io.leasehold.core.wire.RecentText;
import io.leasehold.core.wire.UnreadableRecordException;
import io.leasehold.core.wire.WireReader;
import io.leasehold.core.wire.WireWriter;

/** How the journal spells a {@link Carried}: its fields in their order. Not thread-safe. */
public final class CarriedForm {
    private static final int NO_END = 0;
    private static final int END = 1;
    /** Its result is no longer known. */
    private static final int END_WITHOUT_RESULT = 2;
    /** Of a dead letter that was purged; it had no result. Fold version 4 and later. */
    private static final int END_PURGED = 3;
    /** How long what is not kept whole was; then the end, as the other kinds spell it. Fold version 4 and later. */
    private static final int LENGTHS = 4;

    private static final byte[] NO_RESULT = {};

    private final RecentText worker;
    private final RecentText pollId;

    public CarriedForm() {
        this(new RecentText(), new RecentText());
    }

    CarriedForm(RecentText worker, RecentText pollId) {
        this.worker = worker;
        this.pollId = pollId;
    }

    public static void write(Carried carried, WireWriter out) {
        out.varint(carried.number());
        carried.task().write(out);
        out.varint(carried.acceptedMs());
        out.varint(carried.notBeforeMs());
        out.varint(carried.attempt());
        out.varint(carried.failures());
        out.varint(carried.expiries());
        out.varint(carried.fence());
        out.varint(carried.reportedFence());
        out.text(carried.lastError());
        lease(carried.lease(), out);
        end(carried.end(), out);
    }

    private static void lease(Lease lease, WireWriter out) {
        out.one(lease == null ? 0 : 1);
        if (lease != null) {
            out.varint(lease.leaseMs());
            out.text(lease.worker());
            out.text(lease.pollId());
        }
    }

    private static void end(End end, WireWriter out) {
        if (end == null) {
            out.one(NO_END);
            return;
        }
        if (end.saysLengths()) {
            out.one(LENGTHS);
            out.varint(end.resultBytes());
            out.varint(end.errorBytes());
        }
        // A dead letter had no result.
        boolean hasResult = end.result() != null && !end.purged();
        out.one(end.purged() ? END_PURGED : hasResult ? END : END_WITHOUT_RESULT);
        out.varint(end.number());
        out.one(end.cause().code());
        out.varint(end.endedMs());
        out.one(end.late() ? 1 : 0);
        if (hasResult) {
            out.bytes(end.result());
        }
    }

    /** @throws UnreadableRecordException if the bytes are none */
    public Carried read(WireReader in) {
        return new Carried(
                TurnReader.ordinal(in),
                Task.read(in),
                in.varint(),
                in.varint(),
                (int) in.varint(),
                (int) in.varint(),
                (int) in.varint(),
                in.varint(),
                in.varint(),
                in.text(),
                lease(in),
                end(in));
    }

    private Lease lease(WireReader in) {
        return in.one() == 0
                ? null
                : new Lease(in.varint(), TurnReader.required("worker", in.text(worker)), in.text(pollId));
    }

    private static End end(WireReader in) {
        int kind = in.one();
        if (kind == LENGTHS) {
            int resultBytes = length(in);
            int errorBytes = length(in);
            End end = end(in.one(), in);
            return end == null ? null : end.withLengths(resultBytes, errorBytes);
        }
        return end(kind, in);
    }

    private static End end(int kind, WireReader in) {
        if (kind == NO_END) {
            return null;
        }
        if (kind != END && kind != END_WITHOUT_RESULT && kind != END_PURGED) {
            throw new UnreadableRecordException("kind of a carried end: " + kind + " (expected: one of this release)");
        }
        long number = TurnReader.ordinal(in);
        EndCause cause = TurnReader.cause(in);
        long endedMs = in.varint();
        boolean late = in.one() == 1;
        if (kind == END_PURGED) {
            return new End(number, cause, endedMs, late, NO_RESULT, true);
        }
        return new End(number, cause, endedMs, late, kind == END_WITHOUT_RESULT ? null : in.bytes());
    }

    private static int length(WireReader in) {
        long value = in.varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new UnreadableRecordException(
                    "length of what was cut: " + value + " (expected: from 0 to " + Integer.MAX_VALUE + ")");
        }
        return (int) value;
    }
}

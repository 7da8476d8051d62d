package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.event.Garbage;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the place in the journal from which to replay: the newest that a record names and that is still there. Where
 * the log starts says nothing: a broker that crashes right after a deletion brings deleted records back. Any record's word
 * is good, void or not, since a place is named only after the trim that makes it one; but an old record may name one that
 * was deleted since, so the search goes backwards from the end.
 */
final class BaseSearch {
    private static final int FIRST_STEP = 16;
    private static final int GROWTH = 8;
    /** So many bytes of records are kept at most, so that what is found need not be read again. */
    static final long MOST_KEPT_BYTES = 64L << 20;

    private final TurnReader reader = new TurnReader();
    private final List<JournalRecord> taken = new ArrayList<>();
    private long takenBytes;
    private boolean dropped;
    private long start;
    private long end;
    private long from;
    private long next;
    private long best;
    private long found = -1;

    void begin(long start, long end) {
        this.start = start;
        this.end = end;
        best = 0;
        step(end - FIRST_STEP);
    }

    private void step(long back) {
        from = Math.max(start, back);
        next = from;
        taken.clear();
        takenBytes = 0;
        dropped = false;
        if (from >= end) {
            finish();
        }
    }

    /** Takes what was read; records below those already taken are passed over. */
    void take(List<JournalRecord> records) {
        for (JournalRecord one : records) {
            if (one.offset() < next) {
                continue;
            }
            keep(one);
            next = one.offset() + 1;
            best = Math.max(best, named(one.value()));
        }
        if (next >= end) {
            finish();
        }
    }

    /** Garbage names no place; whether it may be stepped over is found out by who folds what lies there. */
    private long named(byte[] value) {
        try {
            return reader.header(value).baseOffset();
        } catch (UnreadableRecordException e) {
            if (Garbage.problem(value) == null) {
                throw e;
            }
            return 0;
        }
    }

    private void keep(JournalRecord one) {
        takenBytes += one.value().length;
        if (takenBytes > MOST_KEPT_BYTES) {
            taken.clear();
            dropped = true;
        }
        if (!dropped) {
            taken.add(one);
        }
    }

    /** Everything from here to the end was looked at. */
    private void finish() {
        if (best >= start) {
            found = best;
        } else if (from > start) {
            step(end - (end - from) * GROWTH);
        } else {
            found = Long.MAX_VALUE;
        }
    }

    /** From where to read. */
    long from() {
        return from;
    }

    boolean isDone() {
        return found >= 0;
    }

    /** Once done: why no replay can start, or null. */
    String problem() {
        return found < Long.MAX_VALUE
                ? null
                : "journal: starts at offset " + start + ", and no record up to its end at " + end
                        + " names a base there or later (expected: all records since the newest base). Records that are"
                        + " needed were deleted by somebody else";
    }

    /** Once done: from where to replay; 0 for the journal's beginning. */
    long found() {
        return found;
    }

    /** Once done: whether everything from {@link #found} on is among {@link #taken}, and need not be read again. */
    boolean holdsAll() {
        return found() >= from && !dropped;
    }

    /** Once done: what was read last, from {@link #from} on, unless it was too much. */
    List<JournalRecord> taken() {
        return taken;
    }

    /** They were folded, or are read again. */
    void forgetTaken() {
        taken.clear();
    }
}

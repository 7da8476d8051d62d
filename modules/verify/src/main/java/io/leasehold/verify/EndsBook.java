package io.leasehold.verify;

import io.leasehold.core.task.EndCause;
import java.util.Arrays;
import java.util.BitSet;

/** The ends that a journal tells of, in a few bytes each, to hold the topic of ended tasks against. */
final class EndsBook {
    private static final int UNKNOWN_ID = 0;

    /** The number of the last end before the first one here. */
    private long before;

    private int size;
    private long[] offsets = new long[64];
    private int[] ids = new int[64];
    private byte[] causes = new byte[64];
    private final BitSet seen = new BitSet();

    /** The ends up to this one are not told of. */
    void begin(long lastEnd) {
        before = lastEnd;
    }

    /** @param id null if it is not known yet */
    void ended(long number, long offset, EndCause cause, String id) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            ids = Arrays.copyOf(ids, 2 * size);
            causes = Arrays.copyOf(causes, 2 * size);
        }
        if (number != before + size + 1) {
            throw new IllegalArgumentException("end: " + number + " (expected: " + (before + size + 1) + ")");
        }
        offsets[size] = offset;
        ids[size] = id == null ? UNKNOWN_ID : id.hashCode();
        causes[size] = (byte) cause.code();
        size++;
    }

    long first() {
        return before + 1;
    }

    long last() {
        return before + size;
    }

    boolean tellsOf(long number) {
        return number > before && number <= last();
    }

    long offset(long number) {
        return offsets[at(number)];
    }

    EndCause cause(long number) {
        return EndCause.ofCode(causes[at(number)]);
    }

    boolean isOf(long number, String id) {
        int known = ids[at(number)];
        return known == UNKNOWN_ID || known == id.hashCode();
    }

    /** True if a copy of it was seen before. */
    boolean see(long number) {
        boolean before = seen.get(at(number));
        seen.set(at(number));
        return before;
    }

    boolean isSeen(long number) {
        return seen.get(at(number));
    }

    private int at(long number) {
        return (int) (number - before - 1);
    }
}

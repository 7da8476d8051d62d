package io.leasehold.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The facts of one task with their offsets, in few bytes; of a long life the first and the latest. */
final class Trail {
    private static final int FIELDS = 4;
    private static final int FIRST = 4;
    private static final int MOST = 24;

    /** What a fact says; its detail is a number. */
    enum Kind {
        ACCEPTED("accepted as number %d"),
        LEASED("leased with fence %d"),
        COMPLETED("completed by fence %d"),
        FAILED("failed by fence %d"),
        RETURNED("returned by fence %d"),
        EXPIRY_COUNTED("lease %d expired, counted"),
        EXPIRY_NOT_COUNTED("lease %d expired, not counted"),
        GIVEN_UP("given up as end %d"),
        DEADLINE_PASSED("expired as end %d"),
        CANCELLED("cancelled as end %d"),
        REDRIVEN("redriven from number %d"),
        PURGED("purged, end %d"),
        CARRIED("carried into generation %d");

        private final String form;

        Kind(String form) {
            this.form = form;
        }
    }

    private long[] cells = new long[2 * FIELDS];
    private int size;
    private int leftOut;

    void add(long offset, long shardMs, Kind kind, long detail) {
        if (size == MOST) {
            System.arraycopy(cells, (FIRST + 1) * FIELDS, cells, FIRST * FIELDS, (MOST - FIRST - 1) * FIELDS);
            size--;
            leftOut++;
        }
        int at = size++ * FIELDS;
        if (at == cells.length) {
            cells = Arrays.copyOf(cells, Math.min(2 * cells.length, MOST * FIELDS));
        }
        cells[at] = offset;
        cells[at + 1] = shardMs;
        cells[at + 2] = kind.ordinal();
        cells[at + 3] = detail;
    }

    /** Whether the latest fact is one of these and stands in the record at this offset. */
    boolean endsWith(long offset, Kind... kinds) {
        if (size == 0 || cells[(size - 1) * FIELDS] != offset) {
            return false;
        }
        Kind last = Kind.values()[(int) cells[(size - 1) * FIELDS + 2]];
        return Arrays.asList(kinds).contains(last);
    }

    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(size + 1);
        for (int i = 0; i < size; i++) {
            int at = i * FIELDS;
            String form = Kind.values()[(int) cells[at + 2]].form;
            String more = leftOut > 0 && i == FIRST ? " (" + leftOut + " facts before this one are left out)" : "";
            facts.add(new Fact(cells[at], cells[at + 1], String.format(form, cells[at + 3]) + more));
        }
        return facts;
    }
}

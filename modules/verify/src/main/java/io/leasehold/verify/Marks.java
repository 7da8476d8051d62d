package io.leasehold.verify;

import io.leasehold.core.event.Garbage;
import io.leasehold.core.event.VoidMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds garbage in the journal against the operator's marks behind it: each piece needs one, and each mark a piece. */
final class Marks {
    /** So much garbage is remembered; beyond that it is reported at once. */
    private static final int MOST_REMEMBERED = 100_000;

    private final Ledger ledger;
    private final long start;
    /** By offset. */
    private final Map<Long, Unmarked> unmarked = new TreeMap<>();

    private final List<Long> voided = new ArrayList<>();

    private record Unmarked(VoidMark needed, String problem) {}

    /** @param start from where the journal is read; what marks name before that is not judged */
    Marks(Ledger ledger, long start) {
        this.ledger = ledger;
        this.start = start;
    }

    /** Of the present offset. @return whether it is garbage, which a mark behind it may void */
    boolean takeGarbage(byte[] value) {
        String problem = Garbage.problem(value);
        if (problem == null || unmarked.size() >= MOST_REMEMBERED) {
            return false;
        }
        unmarked.put(ledger.offset, new Unmarked(VoidMark.of(ledger.offset, value), problem));
        return true;
    }

    /** Of the present offset, void or not. */
    void takeMark(byte[] value) {
        VoidMark mark = VoidMark.read(value);
        if (mark == null || mark.offset() < start) {
            return;
        }
        Unmarked garbage = unmarked.get(mark.offset());
        boolean isReached = ledger.offset - mark.offset() <= VoidMark.MOST_RECORDS_BEHIND;
        if (garbage != null && garbage.needed().equals(mark) && isReached) {
            unmarked.remove(mark.offset());
            voided.add(mark.offset());
            ledger.tally.add(Count.VOIDED_GARBAGE);
        } else if (!voided.contains(mark.offset())) {
            ledger.broken(
                    Guarantee.MARKS,
                    "an operator's mark names offset " + mark.offset()
                            + " (expected: garbage there with that digest, at most " + VoidMark.MOST_RECORDS_BEHIND
                            + " records before the mark)");
        }
    }

    /** Where garbage is void. */
    List<Long> voided() {
        return List.copyOf(voided);
    }

    /** Everything was read. */
    void end() {
        unmarked.forEach((offset, garbage) -> {
            ledger.offset = offset;
            ledger.broken(
                    Guarantee.READABLE,
                    "garbage: " + garbage.problem() + " (expected: a record, or an operator's mark behind it)");
        });
        unmarked.clear();
    }
}

package io.leasehold.verify;

import io.leasehold.core.task.EndCause;

/** Holds the topic of ended tasks against the ends that the journal tells of. */
final class EndedCheck {
    private final Ledger ledger;
    private long firstNumber = -1;

    EndedCheck(Ledger ledger) {
        this.ledger = ledger;
    }

    void check(EndedTape tape) {
        tape.all(copy -> take(copy, copy.offset() < tape.certainEnd()));
        long from = tape.start() == 0 ? ledger.ends.first() : Math.max(ledger.ends.first(), firstNumber);
        boolean nothingToRead = tape.start() > 0 && firstNumber < 0;
        for (long number = from; number <= ledger.publishedEnd && !nothingToRead; number++) {
            if (!ledger.ends.isSeen(number)) {
                ledger.offset = ledger.ends.offset(number);
                ledger.broken(
                        Guarantee.ENDED,
                        "end " + number + ", " + ledger.ends.cause(number).word()
                                + ": not in the topic of ended tasks (expected: there, since ends up to "
                                + ledger.publishedEnd + " are said to be public)");
            }
        }
    }

    private void take(EndedCopy copy, boolean isCertain) {
        if (firstNumber < 0) {
            firstNumber = copy.number();
        }
        EndsBook ends = ledger.ends;
        if (!ends.tellsOf(copy.number())) {
            if (copy.number() < 1 || (copy.number() > ends.last() && isCertain)) {
                foreign(copy, "an end of the journal, at most " + ends.last());
            } else {
                ledger.tally.add(Count.ENDED_NOT_JUDGED);
            }
            return;
        }
        ledger.tally.add(ends.see(copy.number()) ? Count.ENDED_COPIES : Count.ENDED_CHECKED);
        EndCause cause = ends.cause(copy.number());
        if (!cause.word().equals(copy.cause())) {
            foreign(copy, cause.word());
        } else if (!ends.isOf(copy.number(), copy.id())) {
            foreign(copy, "the task that ended so in the journal");
        }
    }

    private void foreign(EndedCopy copy, String expected) {
        ledger.offset = ledger.ends.tellsOf(copy.number()) ? ledger.ends.offset(copy.number()) : -1;
        ledger.broken(
                Guarantee.ENDED,
                "ended topic, offset " + copy.offset() + ": task " + copy.id() + ", end " + copy.number() + ", "
                        + copy.cause() + " (expected: " + expected + ")");
    }
}

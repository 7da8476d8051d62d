package io.leasehold.verify;

import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A change of the sound journal.
 *
 * @param guarantee that it breaks, and no other
 * @param offset where that shows first
 */
record Doctored(String what, Guarantee guarantee, int offset, Consumer<Draft> doctor) {

    /** The n-th fact of a record is another one. */
    static Consumer<Draft> fact(int offset, int at, Consumer<Events> fact) {
        return draft -> draft.turns.get(offset).replace(at, fact);
    }

    /** A record says one thing more, at its end. */
    static Consumer<Draft> more(int offset, Consumer<Events> fact) {
        return draft -> draft.turns.get(offset).facts.add(fact);
    }

    static Consumer<Draft> header(int offset, UnaryOperator<TurnHeader> change) {
        return draft -> draft.header(offset, change);
    }

    /** It is the last record. */
    static Consumer<Draft> endingAt(int offset) {
        return draft -> draft.cut(offset + 1);
    }

    @Override
    public String toString() {
        return what;
    }
}

package io.leasehold.verify;

import static io.leasehold.verify.SoundJournal.RESULT;
import static io.leasehold.verify.SoundJournal.T;

import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is wrong with ends. */
final class EndDoctors {
    private EndDoctors() {}

    /** The journal's dead letter is purged, as it may be. */
    static Consumer<Draft> purged() {
        return Doctored.more(SoundJournal.LEASED_AGAIN, to -> to.termsSet(4, 5_000))
                .andThen(Doctored.more(SoundJournal.LEASED_AGAIN, to -> to.purged(1)));
    }

    static Stream<Doctored> all() {
        return Stream.of(
                new Doctored("given up too early", Guarantee.CAUSES, SoundJournal.FAILED, draft -> {
                    draft.turns
                            .get(SoundJournal.FAILED)
                            .facts
                            .add(to -> to.deadLettered(1, EndCause.ATTEMPTS_EXHAUSTED, T + 30));
                    draft.turns
                            .subList(SoundJournal.FAILED + 1, draft.turns.size())
                            .clear();
                }),
                new Doctored("given up after one expiry", Guarantee.CAUSES, SoundJournal.EXPIRED, draft -> {
                    draft.turns
                            .get(SoundJournal.EXPIRED)
                            .facts
                            .add(to -> to.deadLettered(4, EndCause.EXPIRIES_EXHAUSTED, T + 30));
                    draft.turns
                            .subList(SoundJournal.EXPIRED + 1, draft.turns.size())
                            .clear();
                }),
                new Doctored("expired before its deadline", Guarantee.CAUSES, SoundJournal.COMPLETED, draft -> {
                    draft.turns.get(SoundJournal.COMPLETED).facts.add(to -> to.expired(5, T + 20));
                    draft.turns
                            .subList(SoundJournal.COMPLETED + 1, draft.turns.size())
                            .clear();
                }),
                new Doctored(
                        "an end is told twice",
                        Guarantee.ENDS,
                        SoundJournal.FAILED,
                        draft -> draft.turns
                                .get(SoundJournal.FAILED)
                                .facts
                                .add(to -> to.completed(2, 102, T + 30, false, RESULT))),
                new Doctored(
                        "what was cancelled is leased",
                        Guarantee.ENDS,
                        SoundJournal.LATE,
                        draft -> draft.turns
                                .get(SoundJournal.LATE)
                                .facts
                                .add(to -> to.leased(4, 200, 30_000, "w", null))),
                new Doctored(
                        "a cancelled task is redriven",
                        Guarantee.REDRIVES,
                        SoundJournal.LATE,
                        draft -> draft.turns
                                .get(SoundJournal.LATE)
                                .facts
                                .add(to -> to.redriven(4, 8, T, Task.NO_DEADLINE))),
                new Doctored(
                        "a dead letter is purged under a fold version that knows no purges",
                        Guarantee.PURGES,
                        SoundJournal.LEASED_AGAIN,
                        Doctored.more(SoundJournal.LEASED_AGAIN, to -> to.purged(1))
                                .andThen(Doctored.endingAt(SoundJournal.LEASED_AGAIN))),
                new Doctored(
                        "what was cancelled is purged",
                        Guarantee.PURGES,
                        SoundJournal.LATE,
                        Doctored.more(SoundJournal.LATE, to -> to.termsSet(4, 5_000))
                                .andThen(Doctored.more(SoundJournal.LATE, to -> to.purged(4)))),
                new Doctored(
                        "a dead letter is purged twice",
                        Guarantee.PURGES,
                        SoundJournal.EXPIRED,
                        purged().andThen(Doctored.more(SoundJournal.EXPIRED, to -> to.purged(1)))
                                .andThen(Doctored.endingAt(SoundJournal.EXPIRED))),
                new Doctored(
                        "what was purged is redriven",
                        Guarantee.REDRIVES,
                        SoundJournal.EXPIRED,
                        purged().andThen(Doctored.more(
                                        SoundJournal.EXPIRED, to -> to.redriven(1, 6, T + 2_040, Task.NO_DEADLINE)))
                                .andThen(Doctored.endingAt(SoundJournal.EXPIRED))));
    }
}

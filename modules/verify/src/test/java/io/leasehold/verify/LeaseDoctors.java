package io.leasehold.verify;

import static io.leasehold.verify.SoundJournal.RESULT;
import static io.leasehold.verify.SoundJournal.T;

import io.leasehold.core.kit.Tasks;
import java.util.stream.Stream;

/** What is wrong with leases and with what follows from them. */
final class LeaseDoctors {
    private LeaseDoctors() {}

    static Stream<Doctored> all() {
        return Stream.of(
                new Doctored(
                        "two leases of a task overlap",
                        Guarantee.LEASES,
                        SoundJournal.COMPLETED,
                        Doctored.fact(SoundJournal.COMPLETED, 0, to -> {
                                    to.leased(1, 103, 30_000, "x", null);
                                    to.completed(2, 102, T + 20, false, RESULT);
                                })
                                .andThen(Doctored.endingAt(SoundJournal.COMPLETED))),
                new Doctored(
                        "a fence falls",
                        Guarantee.FENCES,
                        SoundJournal.LEASED_AGAIN,
                        Doctored.fact(SoundJournal.LEASED_AGAIN, 0, to -> to.leased(4, 90, 30_000, "v", null))
                                .andThen(Doctored.fact(SoundJournal.EXPIRED, 0, to -> to.leaseExpired(4, 90, true)))),
                new Doctored(
                        "an old lease reports",
                        Guarantee.REPORTS,
                        SoundJournal.CANCELLED,
                        Doctored.fact(SoundJournal.CANCELLED, 0, to -> {
                            to.failed(4, 104, T + 2_080, null);
                            to.cancelled(4, T + 2_080);
                        })),
                new Doctored(
                        "an expired lease fails",
                        Guarantee.REPORTS,
                        SoundJournal.EXPIRED,
                        Doctored.fact(SoundJournal.EXPIRED, 0, to -> {
                            to.leaseExpired(4, 104, true);
                            to.failed(4, 104, T, null);
                        })),
                new Doctored(
                        "a delayed task is leased too early",
                        Guarantee.STARTS,
                        SoundJournal.RETRIED,
                        Doctored.fact(SoundJournal.FAILED, 0, to -> to.failed(1, 101, T + 4_000, "boom"))),
                new Doctored(
                        "a task is leased after its deadline",
                        Guarantee.DEADLINES,
                        SoundJournal.DEADLINE_PASSED,
                        Doctored.fact(SoundJournal.DEADLINE_PASSED, 0, to -> {
                                    to.leased(5, 107, 1_000, "w", null);
                                    to.completed(5, 107, T + 9_100, true, RESULT);
                                })
                                .andThen(draft -> {
                                    draft.turns
                                            .subList(SoundJournal.BASE, draft.turns.size())
                                            .clear();
                                })),
                new Doctored("a deadline passes silently", Guarantee.DEADLINES, SoundJournal.LATE + 9, draft -> {
                    draft.turns
                            .get(SoundJournal.NAMED)
                            .replace(
                                    0,
                                    to -> to.accepted(
                                            7,
                                            Tasks.id("g").deadline(T + 10_000).task(),
                                            T + 9_140));
                    for (int i = 0; i < 9; i++) {
                        draft.turn(5_000);
                    }
                }),
                new Doctored("a late retry is not the end", Guarantee.DEADLINES, SoundJournal.RETURNED, draft -> {
                    draft.turns
                            .get(SoundJournal.ACCEPTED)
                            .replace(
                                    2,
                                    to -> to.accepted(
                                            3,
                                            Tasks.id("c")
                                                    .notBefore(T + 5_000)
                                                    .deadline(T + 6_500)
                                                    .task(),
                                            T));
                    draft.turns
                            .subList(SoundJournal.DEADLINE_PASSED, draft.turns.size())
                            .clear();
                }),
                new Doctored("attempts go on", Guarantee.ATTEMPTS, SoundJournal.DEAD, draft -> {
                    draft.turns.get(SoundJournal.DEAD).facts.remove(1);
                    draft.turns
                            .subList(SoundJournal.DEAD + 1, draft.turns.size())
                            .clear();
                }));
    }
}

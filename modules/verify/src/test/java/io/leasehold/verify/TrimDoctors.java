package io.leasehold.verify;

import static io.leasehold.verify.SoundJournal.A;
import static io.leasehold.verify.SoundJournal.C;
import static io.leasehold.verify.SoundJournal.D;
import static io.leasehold.verify.SoundJournal.T;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Trim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is wrong with bases, with what is carried, and with trims. */
final class TrimDoctors {
    private TrimDoctors() {}

    static Stream<Doctored> all() {
        return Stream.of(
                new Doctored(
                        "a base says another position",
                        Guarantee.BASES,
                        SoundJournal.BASE,
                        Doctored.fact(
                                SoundJournal.BASE,
                                0,
                                to -> to.based(new Base(1, 4, 6, 106, 4, 3, Draft.claim("two", 1, 8))))),
                new Doctored(
                        "a base leaves a generation out",
                        Guarantee.BASES,
                        SoundJournal.BASE,
                        Doctored.fact(
                                        SoundJournal.BASE,
                                        0,
                                        to -> to.based(new Base(2, 5, 6, 106, 4, 3, Draft.claim("two", 1, 8))))
                                .andThen(Doctored.fact(
                                        SoundJournal.TRIMMED,
                                        0,
                                        to -> to.trimmed(new Trim(2, SoundJournal.BASE, 0, 1))))),
                new Doctored(
                        "a task is carried with an attempt less",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        Doctored.fact(
                                SoundJournal.CARRIED,
                                0,
                                to -> to.carried(
                                        new Carried(3, C, T, T + 7_000, 0, 0, 0, 106, 106, null, null, null)))),
                new Doctored(
                        "a task is carried with another payload",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        Doctored.fact(
                                SoundJournal.CARRIED,
                                2,
                                to -> to.carried(new Carried(
                                        6,
                                        Tasks.id("a")
                                                .maxAttempts(2)
                                                .payload(Tasks.bytes("{\"n\":2}"))
                                                .task(),
                                        T + 2_090,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        null,
                                        null,
                                        null)))),
                new Doctored(
                        "a task is carried whose result is said to have been longer",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        lengths(1_025, 0)),
                new Doctored(
                        "a task is carried whose error is said to have been longer",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        lengths(0, 1_025)),
                new Doctored(
                        "a task is carried that never was",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        draft -> draft.turns
                                .get(SoundJournal.CARRIED)
                                .facts
                                .add(to -> to.carried(new Carried(7, A, T, 0, 0, 0, 0, 0, 0, null, null, null)))),
                new Doctored("a live task is not carried", Guarantee.TRIMS, SoundJournal.TRIMMED, draft -> {
                    draft.turns.get(SoundJournal.CARRIED).facts.remove(0);
                }),
                new Doctored(
                        "an end that is not public is not carried",
                        Guarantee.TRIMS,
                        SoundJournal.TRIMMED,
                        draft -> draft.turns.get(SoundJournal.CARRIED).facts.remove(3)),
                new Doctored(
                        "a trim names another place",
                        Guarantee.TRIMS,
                        SoundJournal.TRIMMED,
                        Doctored.fact(
                                SoundJournal.TRIMMED, 0, to -> to.trimmed(new Trim(1, SoundJournal.BASE - 1, 0, 1)))),
                new Doctored(
                        "a base is named that is not trimmed yet",
                        Guarantee.BASE_OFFSETS,
                        SoundJournal.CARRIED,
                        Doctored.header(
                                SoundJournal.CARRIED,
                                header -> new TurnHeader(
                                        header.epoch(),
                                        header.nonce(),
                                        header.seq(),
                                        header.nowMs(),
                                        SoundJournal.BASE))),
                new Doctored(
                        "a place is named that is no base",
                        Guarantee.BASE_OFFSETS,
                        SoundJournal.LATE,
                        Doctored.header(
                                SoundJournal.LATE,
                                header -> new TurnHeader(
                                        header.epoch(),
                                        header.nonce(),
                                        header.seq(),
                                        header.nowMs(),
                                        SoundJournal.BASE + 1))));
    }

    private static Consumer<Draft> lengths(int ofResult, int ofError) {
        End end = new End(3, EndCause.CANCELLED, T + 2_080, false, new byte[0], false, ofResult, ofError);
        return Doctored.fact(
                SoundJournal.CARRIED,
                1,
                to -> to.carried(new Carried(4, D.withoutPayload(), T, 0, 2, 0, 1, 105, 0, null, null, end)));
    }
}

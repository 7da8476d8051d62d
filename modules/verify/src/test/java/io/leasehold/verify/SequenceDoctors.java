package io.leasehold.verify;

import static io.leasehold.verify.SoundJournal.T;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.VoidMark;
import io.leasehold.core.kit.Tasks;
import java.util.stream.Stream;

/** What is wrong with the records themselves, with numbers and with positions. */
final class SequenceDoctors {
    private SequenceDoctors() {}

    static Stream<Doctored> all() {
        int last = SoundJournal.LATE;
        return Stream.of(
                new Doctored(
                        "bytes that are no record",
                        Guarantee.READABLE,
                        last,
                        draft -> draft.turns.get(last).spoil()),
                new Doctored("a mark names a record", Guarantee.MARKS, last + 1, draft -> {
                    VoidMark mark = VoidMark.of(last, draft.turns.get(last).bytes());
                    draft.inserted(last + 1, mark.toRecord());
                }),
                new Doctored("nothing names a place to start from", Guarantee.READABLE, SoundJournal.BASE, draft -> {
                    draft.cut(SoundJournal.NAMED);
                    draft.deletedBefore(SoundJournal.BASE);
                }),
                new Doctored(
                        "the base to start from was deleted",
                        Guarantee.READABLE,
                        SoundJournal.CARRIED,
                        draft -> draft.deletedBefore(SoundJournal.CARRIED)),
                new Doctored(
                        "a record is missing", Guarantee.SEQUENCE, last - 1, draft -> draft.turns.remove(last - 1)),
                new Doctored(
                        "the last record before a claim is missing",
                        Guarantee.SEQUENCE,
                        SoundJournal.SECOND_CLAIM,
                        Doctored.fact(SoundJournal.SECOND_CLAIM, 0, to -> to.claimed(Draft.claim("two", 1, 9)))
                                .andThen(Doctored.fact(
                                        SoundJournal.BASE, 0, to -> to.based(base(Draft.claim("two", 1, 9)))))),
                new Doctored(
                        "time is taken back under rules that do not know of that",
                        Guarantee.TIME,
                        last,
                        Doctored.more(last, to -> to.timeSet(T))),
                new Doctored(
                        "time is set forward",
                        Guarantee.TIME,
                        last,
                        Doctored.more(last, to -> to.termsSet(3, 5_000))
                                .andThen(Doctored.more(last, to -> to.timeSet(T + 86_400_000)))),
                new Doctored(
                        "the fold version falls",
                        Guarantee.CLAIMS,
                        last,
                        Doctored.more(last, to -> to.termsSet(4, 5_000))
                                .andThen(Doctored.more(last, to -> to.termsSet(3, 5_000)))),
                new Doctored("a claim is missing", Guarantee.CLAIMS, SoundJournal.FIRST_CLAIM, draft -> {
                    for (int i = 0; i < draft.turns.size(); i++) {
                        draft.header(
                                i,
                                header -> new TurnHeader(
                                        header.epoch() + 1,
                                        header.nonce(),
                                        header.seq(),
                                        header.nowMs(),
                                        header.baseOffset()));
                    }
                }),
                new Doctored(
                        "a claim of another log",
                        Guarantee.CLAIMS,
                        SoundJournal.SECOND_CLAIM,
                        Doctored.fact(SoundJournal.SECOND_CLAIM, 0, to -> to.claimed(elsewhere()))
                                .andThen(Doctored.fact(SoundJournal.BASE, 0, to -> to.based(base(elsewhere()))))),
                new Doctored(
                        "a claim that knows fewer shards",
                        Guarantee.CLAIMS,
                        SoundJournal.SECOND_CLAIM,
                        Doctored.fact(SoundJournal.SECOND_CLAIM, 0, to -> to.claimed(claimOf(3)))
                                .andThen(Doctored.fact(SoundJournal.BASE, 0, to -> to.based(base(claimOf(3)))))),
                new Doctored(
                        "shard time goes back",
                        Guarantee.TIME,
                        last,
                        Doctored.header(
                                last,
                                header -> new TurnHeader(
                                        header.epoch(), header.nonce(), header.seq(), T, header.baseOffset()))),
                new Doctored(
                        "a number is left out",
                        Guarantee.NUMBERS,
                        SoundJournal.NAMED,
                        Doctored.fact(SoundJournal.NAMED, 0, to -> to.accepted(8, Tasks.plain("g"), T + 9_140))),
                new Doctored(
                        "a fact of a task that never was",
                        Guarantee.NUMBERS,
                        last,
                        draft -> draft.turns.get(last).facts.add(to -> to.cancelled(77, T))),
                new Doctored(
                        "an id is admitted twice",
                        Guarantee.ADMITTED_ONCE,
                        SoundJournal.NAMED,
                        Doctored.fact(SoundJournal.NAMED, 0, to -> to.accepted(7, Tasks.plain("c"), T + 9_140))),
                new Doctored(
                        "the inbox position falls",
                        Guarantee.INBOX_POSITION,
                        SoundJournal.NAMED,
                        Doctored.fact(SoundJournal.NAMED, 1, to -> to.inboxSettled(4, -1))),
                new Doctored(
                        "the leader epoch of the inbox position falls",
                        Guarantee.INBOX_POSITION,
                        last + 2,
                        draft -> draft.turn(10, to -> to.termsSet(4, 5_000), to -> to.inboxSettled(9, 4))
                                .turn(10, to -> to.inboxSettled(10, 3))),
                new Doctored(
                        "an end is public that is none",
                        Guarantee.PUBLISHED,
                        last,
                        Doctored.fact(last, 1, to -> to.endsPublished(6))));
    }

    private static Claim elsewhere() {
        return new Claim("two", "kafka", "another journal", "inbox", 4, 1, 7, 1, 8);
    }

    static Claim claimOf(int shards) {
        return new Claim("two", "kafka", "journal", "inbox", shards, 1, 7, 1, 8);
    }

    static Base base(Claim claim) {
        return new Base(1, 5, 6, 106, 4, 3, claim);
    }
}

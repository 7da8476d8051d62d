package io.leasehold.verify;

import static io.leasehold.verify.SoundJournal.A;
import static io.leasehold.verify.SoundJournal.C;
import static io.leasehold.verify.SoundJournal.RESULT;
import static io.leasehold.verify.SoundJournal.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Trim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing is changed in a journal that is sound: exactly the guarantee concerned is said to be broken, and where. */
class DoctoredJournalsTest {

    @ParameterizedTest
    @EnumSource(From.class)
    void soundJournalIsProven(From from) {
        ShardVerdict verdict = SoundJournal.draft().verdict(from);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.from()).isEqualTo(from == From.BEGINNING ? 0 : SoundJournal.BASE);
    }

    @Test
    void soundJournalIsProvenFromWhatATrimLeft() {
        Draft draft = SoundJournal.draft().deletedBefore(SoundJournal.BASE - 2);

        assertThat(draft.verdict(From.BEGINNING).broken()).isEmpty();
        assertThat(draft.verdict(From.BEGINNING).from()).isEqualTo(SoundJournal.BASE);
        assertThat(draft.verdict(From.NEWEST_BASE).broken()).isEmpty();
    }

    @Test
    void soundJournalIsCounted() {
        ShardVerdict verdict = SoundJournal.draft().verdict();

        assertThat(verdict.count(Count.RECORDS)).isEqualTo(22);
        assertThat(verdict.count(Count.VOID)).isZero();
        assertThat(verdict.count(Count.CLAIMS)).isEqualTo(2);
        assertThat(verdict.count(Count.ACCEPTED)).isEqualTo(6);
        assertThat(verdict.count(Count.LEASES)).isEqualTo(7);
        assertThat(verdict.count(Count.SUCCEEDED)).isEqualTo(2);
        assertThat(verdict.count(Count.CARRIED)).isEqualTo(4);
        assertThat(verdict.count(Count.FORGOTTEN)).isEqualTo(1);
        assertThat(verdict.count(Count.LIVE)).isEqualTo(2);
        assertThat(verdict.count(Count.REMEMBERED_ENDS)).isEqualTo(3);
        assertThat(verdict.count(Count.REPLAY_BYTES)).isLessThan(verdict.count(Count.BYTES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doctored")
    void doctoredJournalBreaksThatGuaranteeThere(String what, Guarantee guarantee, int offset, Consumer<Draft> doctor) {
        Draft draft = SoundJournal.draft();
        doctor.accept(draft);

        ShardVerdict verdict = draft.verdict();

        assertThat(verdict.broken()).as("what is broken").hasSize(1);
        assertThat(verdict.broken().get(0).guarantee()).isEqualTo(guarantee);
        assertThat(verdict.broken().get(0).offset()).isEqualTo(offset);
    }

    static Stream<Arguments> doctored() {
        return Stream.of(sequence(), leases(), ends(), trims()).flatMap(one -> one);
    }

    private static Arguments one(String what, Guarantee guarantee, int offset, Consumer<Draft> doctor) {
        return arguments(what, guarantee, offset, doctor);
    }

    private static Consumer<Draft> fact(int offset, int at, Consumer<io.leasehold.core.event.Events> fact) {
        return draft -> draft.turns.get(offset).replace(at, fact);
    }

    private static Consumer<Draft> header(int offset, java.util.function.UnaryOperator<TurnHeader> change) {
        return draft -> draft.header(offset, change);
    }

    private static Consumer<Draft> append(Consumer<Draft> more) {
        return more;
    }

    private static Stream<Arguments> sequence() {
        int last = SoundJournal.LATE;
        return Stream.of(
                one("a record is missing", Guarantee.SEQUENCE, last - 1, draft -> {
                    draft.header(last, header -> at(header, header.seq() + 1));
                    draft.header(last - 1, header -> at(header, header.seq() + 1));
                    draft.turns.remove(last);
                }),
                one(
                        "the last record before a claim is missing",
                        Guarantee.SEQUENCE,
                        SoundJournal.SECOND_CLAIM,
                        fact(SoundJournal.SECOND_CLAIM, 0, to -> to.claimed(Draft.claim("two", 1, 9)))
                                .andThen(fact(SoundJournal.BASE, 0, to -> to.based(base(Draft.claim("two", 1, 9)))))),
                one("a claim is missing", Guarantee.CLAIMS, SoundJournal.FIRST_CLAIM, draft -> {
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
                one(
                        "a claim of another log",
                        Guarantee.CLAIMS,
                        SoundJournal.SECOND_CLAIM,
                        fact(SoundJournal.SECOND_CLAIM, 0, to -> to.claimed(elsewhere()))
                                .andThen(fact(SoundJournal.BASE, 0, to -> to.based(base(elsewhere()))))),
                one(
                        "shard time goes back",
                        Guarantee.TIME,
                        last,
                        header(
                                last,
                                header -> new TurnHeader(
                                        header.epoch(), header.nonce(), header.seq(), T, header.baseOffset()))),
                one(
                        "a number is left out",
                        Guarantee.NUMBERS,
                        SoundJournal.NAMED,
                        fact(SoundJournal.NAMED, 0, to -> to.accepted(8, Tasks.plain("g"), T + 9_140))),
                one(
                        "a fact of a task that never was",
                        Guarantee.NUMBERS,
                        last,
                        draft -> draft.turns.get(last).facts.add(to -> to.cancelled(77, T))),
                one(
                        "an id is admitted twice",
                        Guarantee.ADMITTED_ONCE,
                        SoundJournal.NAMED,
                        fact(SoundJournal.NAMED, 0, to -> to.accepted(7, Tasks.plain("c"), T + 9_140))),
                one(
                        "the inbox position falls",
                        Guarantee.INBOX_POSITION,
                        SoundJournal.NAMED,
                        fact(SoundJournal.NAMED, 1, to -> to.inboxSettled(4))),
                one(
                        "an end is public that is none",
                        Guarantee.PUBLISHED,
                        last,
                        fact(last, 1, to -> to.endsPublished(6))));
    }

    private static Stream<Arguments> leases() {
        return Stream.of(
                one(
                        "two leases of a task overlap",
                        Guarantee.LEASES,
                        SoundJournal.COMPLETED,
                        fact(SoundJournal.COMPLETED, 0, to -> {
                                    to.leased(1, 103, 30_000, "x", null);
                                    to.completed(2, 102, T + 20, false, RESULT);
                                })
                                .andThen(raised(SoundJournal.RETRIED))),
                one(
                        "a fence falls",
                        Guarantee.FENCES,
                        SoundJournal.LEASED_AGAIN,
                        fact(SoundJournal.LEASED_AGAIN, 0, to -> to.leased(4, 90, 30_000, "v", null))
                                .andThen(fact(SoundJournal.EXPIRED, 0, to -> to.leaseExpired(4, 90, true)))),
                one(
                        "an old lease reports",
                        Guarantee.REPORTS,
                        SoundJournal.CANCELLED,
                        fact(SoundJournal.CANCELLED, 0, to -> {
                            to.failed(4, 104, T + 2_080, null);
                            to.cancelled(4, T + 2_080);
                        })),
                one(
                        "an expired lease fails",
                        Guarantee.REPORTS,
                        SoundJournal.EXPIRED,
                        fact(SoundJournal.EXPIRED, 0, to -> {
                            to.leaseExpired(4, 104, true);
                            to.failed(4, 104, T, null);
                        })),
                one(
                        "a delayed task is leased too early",
                        Guarantee.STARTS,
                        SoundJournal.RETRIED,
                        fact(SoundJournal.FAILED, 0, to -> to.failed(1, 101, T + 4_000, "boom"))),
                one(
                        "a task is leased after its deadline",
                        Guarantee.DEADLINES,
                        SoundJournal.DEADLINE_PASSED,
                        fact(SoundJournal.DEADLINE_PASSED, 0, to -> {
                                    to.leased(5, 107, 1_000, "w", null);
                                    to.completed(5, 107, T + 9_100, true, RESULT);
                                })
                                .andThen(draft -> {
                                    draft.turns
                                            .subList(SoundJournal.BASE, draft.turns.size())
                                            .clear();
                                })),
                one("a deadline passes silently", Guarantee.DEADLINES, SoundJournal.LATE + 9, append(draft -> {
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
                })),
                one("a late retry is not the end", Guarantee.DEADLINES, SoundJournal.RETURNED, draft -> {
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
                one("attempts go on", Guarantee.ATTEMPTS, SoundJournal.DEAD, draft -> {
                    draft.turns.get(SoundJournal.DEAD).facts.remove(1);
                    draft.turns
                            .subList(SoundJournal.DEAD + 1, draft.turns.size())
                            .clear();
                }));
    }

    private static Stream<Arguments> ends() {
        return Stream.of(
                one("given up too early", Guarantee.CAUSES, SoundJournal.FAILED, draft -> {
                    draft.turns
                            .get(SoundJournal.FAILED)
                            .facts
                            .add(to -> to.deadLettered(1, EndCause.ATTEMPTS_EXHAUSTED, T + 30));
                    draft.turns
                            .subList(SoundJournal.FAILED + 1, draft.turns.size())
                            .clear();
                }),
                one("given up after one expiry", Guarantee.CAUSES, SoundJournal.EXPIRED, draft -> {
                    draft.turns
                            .get(SoundJournal.EXPIRED)
                            .facts
                            .add(to -> to.deadLettered(4, EndCause.EXPIRIES_EXHAUSTED, T + 30));
                    draft.turns
                            .subList(SoundJournal.EXPIRED + 1, draft.turns.size())
                            .clear();
                }),
                one("expired before its deadline", Guarantee.CAUSES, SoundJournal.COMPLETED, draft -> {
                    draft.turns.get(SoundJournal.COMPLETED).facts.add(to -> to.expired(5, T + 20));
                    draft.turns
                            .subList(SoundJournal.COMPLETED + 1, draft.turns.size())
                            .clear();
                }),
                one(
                        "an end is told twice",
                        Guarantee.ENDS,
                        SoundJournal.FAILED,
                        draft -> draft.turns
                                .get(SoundJournal.FAILED)
                                .facts
                                .add(to -> to.completed(2, 102, T + 30, false, RESULT))),
                one(
                        "what was cancelled is leased",
                        Guarantee.ENDS,
                        SoundJournal.LATE,
                        draft -> draft.turns
                                .get(SoundJournal.LATE)
                                .facts
                                .add(to -> to.leased(4, 200, 30_000, "w", null))),
                one(
                        "a cancelled task is redriven",
                        Guarantee.REDRIVES,
                        SoundJournal.LATE,
                        draft -> draft.turns
                                .get(SoundJournal.LATE)
                                .facts
                                .add(to -> to.redriven(4, 8, T, Task.NO_DEADLINE))));
    }

    private static Stream<Arguments> trims() {
        return Stream.of(
                one(
                        "a base says another position",
                        Guarantee.BASES,
                        SoundJournal.BASE,
                        fact(
                                SoundJournal.BASE,
                                0,
                                to -> to.based(new Base(1, 4, 6, 106, 4, 3, Draft.claim("two", 1, 8))))),
                one(
                        "a base leaves a generation out",
                        Guarantee.BASES,
                        SoundJournal.BASE,
                        fact(
                                        SoundJournal.BASE,
                                        0,
                                        to -> to.based(new Base(2, 5, 6, 106, 4, 3, Draft.claim("two", 1, 8))))
                                .andThen(fact(
                                        SoundJournal.TRIMMED,
                                        0,
                                        to -> to.trimmed(new Trim(2, SoundJournal.BASE, 0, 1))))),
                one(
                        "a task is carried with an attempt less",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        fact(
                                SoundJournal.CARRIED,
                                0,
                                to -> to.carried(
                                        new Carried(3, C, T, T + 7_000, 0, 0, 0, 106, 106, null, null, null)))),
                one(
                        "a task is carried with another payload",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        fact(
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
                one(
                        "a task is carried that never was",
                        Guarantee.CARRIED,
                        SoundJournal.CARRIED,
                        draft -> draft.turns
                                .get(SoundJournal.CARRIED)
                                .facts
                                .add(to -> to.carried(new Carried(7, A, T, 0, 0, 0, 0, 0, 0, null, null, null)))),
                one("a live task is not carried", Guarantee.TRIMS, SoundJournal.TRIMMED, draft -> {
                    draft.turns.get(SoundJournal.CARRIED).facts.remove(0);
                }),
                one(
                        "an end that is not public is not carried",
                        Guarantee.TRIMS,
                        SoundJournal.TRIMMED,
                        draft -> draft.turns.get(SoundJournal.CARRIED).facts.remove(3)),
                one(
                        "a trim names another place",
                        Guarantee.TRIMS,
                        SoundJournal.TRIMMED,
                        fact(SoundJournal.TRIMMED, 0, to -> to.trimmed(new Trim(1, SoundJournal.BASE - 1, 0, 1)))),
                one(
                        "a base is named that is not trimmed yet",
                        Guarantee.BASE_OFFSETS,
                        SoundJournal.CARRIED,
                        header(
                                SoundJournal.CARRIED,
                                header -> new TurnHeader(
                                        header.epoch(),
                                        header.nonce(),
                                        header.seq(),
                                        header.nowMs(),
                                        SoundJournal.BASE))),
                one(
                        "a place is named that is no base",
                        Guarantee.BASE_OFFSETS,
                        SoundJournal.LATE,
                        header(
                                SoundJournal.LATE,
                                header -> new TurnHeader(
                                        header.epoch(),
                                        header.nonce(),
                                        header.seq(),
                                        header.nowMs(),
                                        SoundJournal.BASE + 1))));
    }

    private static Consumer<Draft> raised(int offset) {
        return draft -> draft.turns.get(offset).replace(0, to -> to.leased(1, 103, 30_000, "w", null));
    }

    private static TurnHeader at(TurnHeader header, long seq) {
        return new TurnHeader(header.epoch(), header.nonce(), seq, header.nowMs(), header.baseOffset());
    }

    private static Claim elsewhere() {
        return new Claim("two", "kafka", "another journal", "inbox", 4, 1, 7, 1, 8);
    }

    private static Base base(Claim claim) {
        return new Base(1, 5, 6, 106, 4, 3, claim);
    }
}

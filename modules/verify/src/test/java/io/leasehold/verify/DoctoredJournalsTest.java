package io.leasehold.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void journalWhoseShardsBecameMoreIsProven() {
        Draft draft = SoundJournal.draft();
        Claim more = SequenceDoctors.claimOf(8);
        Doctored.fact(SoundJournal.SECOND_CLAIM, 0, to -> to.claimed(more)).accept(draft);
        Doctored.fact(SoundJournal.BASE, 0, to -> to.based(SequenceDoctors.base(more)))
                .accept(draft);

        assertThat(draft.verdict().broken()).isEmpty();
    }

    @Test
    void journalWhoseTimeWasTakenBackIsProven() {
        Draft draft = SoundJournal.draft();
        Doctored.more(SoundJournal.LATE, to -> to.termsSet(3, 5_000))
                .andThen(Doctored.more(SoundJournal.LATE, to -> to.timeSet(SoundJournal.T)))
                .accept(draft);

        assertThat(draft.verdict().broken()).isEmpty();
        assertThat(draft.verdict(From.NEWEST_BASE).broken()).isEmpty();
    }

    @Test
    void journalWhoseDeadLetterIsPurgedIsProvenAndCounted() {
        Draft draft = SoundJournal.draft();
        EndDoctors.purged().andThen(Doctored.endingAt(SoundJournal.EXPIRED)).accept(draft);

        ShardVerdict verdict = draft.verdict();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.PURGED)).isEqualTo(1);
        assertThat(verdict.count(Count.DEAD)).isZero();
        assertThat(verdict.count(Count.REMEMBERED_ENDS)).isEqualTo(2);
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
    void doctoredJournalBreaksThatGuaranteeThere(Doctored doctored) {
        Draft draft = SoundJournal.draft();
        doctored.doctor().accept(draft);

        ShardVerdict verdict = draft.verdict();

        assertThat(verdict.broken()).as("what is broken").hasSize(1);
        assertThat(verdict.broken().get(0).guarantee()).isEqualTo(doctored.guarantee());
        assertThat(verdict.broken().get(0).offset()).isEqualTo(doctored.offset());
        assertThat(verdict.isProven()).isFalse();
    }

    static Stream<Doctored> doctored() {
        return Stream.of(SequenceDoctors.all(), LeaseDoctors.all(), EndDoctors.all(), TrimDoctors.all())
                .flatMap(one -> one);
    }

    @Test
    void everyGuaranteeOfTheJournalIsBrokenByOneDoctorAtLeast() {
        Set<Guarantee> broken = doctored().map(Doctored::guarantee).collect(Collectors.toSet());

        assertThat(broken).isEqualTo(EnumSet.complementOf(EnumSet.of(Guarantee.INBOX, Guarantee.ENDED)));
    }

    @Test
    void counterExampleTellsTheLifeOfItsTask() {
        Draft draft = SoundJournal.draft();
        draft.turns.get(SoundJournal.LATE).facts.add(to -> to.leased(4, 200, 30_000, "w", null));

        CounterExample example = draft.verdict().broken().get(0);

        assertThat(example.what()).startsWith("task d (number 4): leased");
        assertThat(example.facts())
                .extracting(Fact::what)
                .containsExactly(
                        "accepted as number 4",
                        "leased with fence 104",
                        "lease 104 expired, counted",
                        "leased with fence 105",
                        "cancelled as end 3",
                        "carried into generation 1",
                        "leased with fence 200");
        assertThat(example.facts()).extracting(Fact::offset).containsExactly(1L, 7L, 8L, 10L, 11L, 17L, 21L);
    }

    @Test
    void claimMayCarryAnOlderTimeThanWhatLandedBeforeIt() {
        Draft draft = SoundJournal.draft();
        draft.header(SoundJournal.SECOND_CLAIM, header -> new TurnHeader(2, header.nonce(), 0, SoundJournal.T, 0));

        assertThat(draft.verdict().broken()).isEmpty();
    }

    @Test
    void voidRecordsAreCountedAndNotBelieved() {
        Draft draft = SoundJournal.draft();
        draft.turns.get(SoundJournal.LATE).header = new TurnHeader(1, 101, 9, SoundJournal.T, 0);
        draft.turns.get(SoundJournal.LATE).facts.add(to -> to.leased(4, 1, 30_000, "w", null));

        ShardVerdict verdict = draft.verdict();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.VOID)).isEqualTo(1);
    }
}

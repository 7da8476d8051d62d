package io.leasehold.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.VoidMark;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Garbage and the operator's marks that void it, in a journal that is sound otherwise. */
class MarksTest {
    private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);
    /** Behind every base, so that offsets that records name stay as they are. */
    private static final int PLACE = SoundJournal.LATE + 1;

    private final Draft draft = SoundJournal.draft();

    private int append(byte[] value) {
        draft.inserted(draft.turns.size(), value);
        return draft.turns.size() - 1;
    }

    @Test
    void garbageThatIsMarkedIsCountedAndTheJournalProven() {
        int first = append(GARBAGE);
        int second = append(new byte[0]);
        append(VoidMark.of(second, new byte[0]).toRecord());
        append(VoidMark.of(first, GARBAGE).toRecord());
        append(VoidMark.of(first, GARBAGE).toRecord());

        for (From from : From.values()) {
            ShardVerdict verdict = draft.verdict(from);

            assertThat(verdict.broken()).isEmpty();
            assertThat(verdict.voided()).containsExactly((long) second, (long) first);
            assertThat(verdict.count(Count.VOIDED_GARBAGE)).isEqualTo(2);
        }
    }

    @Test
    void garbageThatIsNotMarkedIsBrokenWhereItLies() {
        int first = append(GARBAGE);
        int second = append(GARBAGE);
        append(VoidMark.of(first, GARBAGE).toRecord());

        ShardVerdict verdict = draft.verdict();

        assertThat(verdict.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.guarantee()).isEqualTo(Guarantee.READABLE);
            assertThat(broken.offset()).isEqualTo(second);
            assertThat(broken.what()).contains("it begins with byte 103");
        });
    }

    @Test
    void markForARecordThatCanBeReadIsBroken() {
        int mark = append(
                VoidMark.of(PLACE - 1, draft.turns.get(PLACE - 1).bytes()).toRecord());

        assertThat(draft.verdict().broken()).singleElement().satisfies(broken -> {
            assertThat(broken.guarantee()).isEqualTo(Guarantee.MARKS);
            assertThat(broken.offset()).isEqualTo(mark);
        });
    }

    @Test
    void markForOtherGarbageThanLiesThereIsBroken() {
        int garbage = append(GARBAGE);
        append(VoidMark.of(garbage, new byte[0]).toRecord());

        assertThat(draft.verdict().broken())
                .extracting(CounterExample::guarantee)
                .containsExactlyInAnyOrder(Guarantee.READABLE, Guarantee.MARKS);
    }

    @Test
    void whatMayBeARecordOfALaterReleaseIsBrokenThoughItIsMarked() {
        byte[] later = {2, 0, 0};
        int offset = append(later);
        append(VoidMark.of(offset, later).toRecord());

        assertThat(draft.verdict().broken())
                .extracting(CounterExample::guarantee)
                .containsExactlyInAnyOrder(Guarantee.READABLE, Guarantee.MARKS);
    }
}

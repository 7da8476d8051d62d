package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.RecordsLost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a shard's journal promises, on any Kafka. */
abstract class JournalContract extends ShardLogContract {

    @Test
    void appendsAreAcknowledgedAtDenseOffsetsAndReadBackAsWritten() {
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        for (int i = 0; i < 3; i++) {
            int count = i + 1;
            journal.append(("turn " + i).getBytes());
            eventually(() -> tape.appended.size() == count);
        }
        assertThat(tape.appended).containsExactly(0L, 1L, 2L);

        journal.follow(1);

        eventually(() -> tape.records.size() == 2);
        assertThat(tape.offsets()).containsExactly(1L, 2L);
        assertThat(new String(tape.records.get(0).value())).isEqualTo("turn 1");
        assertThat(tape.records.get(0).appendTimeMs()).isPositive();
        assertThat(tape.failedAppends).isEmpty();
    }

    @Test
    void aFollowerGoesOnWithRecordsThatAnotherWrites() {
        JournalTape followed = new JournalTape();
        journal(1, followed).follow(0);
        JournalTape written = new JournalTape();
        Journal writer = journal(1, written);
        for (int i = 0; i < 50; i++) {
            int count = i + 1;
            writer.append(new byte[] {(byte) i});
            eventually(() -> written.appended.size() == count);
        }
        eventually(() -> followed.records.size() == 50);
        assertThat(followed.offsets()).isEqualTo(written.appended);
        eventually(() -> followed.ends.contains(50L));
    }

    @Test
    void anEmptyLogAndAReachedEndAreToldAtOnce() {
        JournalTape empty = new JournalTape();
        Journal journal = journal(0, empty);
        journal.follow(0);
        eventually(() -> !empty.ends.isEmpty());
        assertThat(empty.ends.get(0)).isZero();
        assertThat(empty.records).isEmpty();

        journal.append(new byte[] {1});
        eventually(() -> empty.appended.size() == 1);
        JournalTape atTheEnd = new JournalTape();
        journal(0, atTheEnd).follow(1);
        eventually(() -> !atTheEnd.ends.isEmpty());
        assertThat(atTheEnd.ends.get(0)).isEqualTo(1);
        assertThat(atTheEnd.records).isEmpty();
    }

    @Test
    void aFollowerThatStoppedHearsNoMore() {
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        journal.follow(0);
        eventually(() -> !tape.ends.isEmpty());
        journal.stopFollowing();
        journal.append(new byte[] {1});
        eventually(() -> tape.appended.size() == 1);
        JournalTape other = new JournalTape();
        journal(0, other).follow(0);
        eventually(() -> other.records.size() == 1);
        assertThat(tape.records).isEmpty();
        assertThat(tape.failures).isEmpty();
    }

    @Test
    void aPositionThatIsGoneFailsTheJournal() throws Exception {
        for (int i = 0; i < 5; i++) {
            kafka.send(topics.journal(), 0, "k", "v");
        }
        kafka.deleteBefore(topics.journal(), 0, 3);
        JournalTape below = new JournalTape();
        journal(0, below).follow(2);
        eventually(() -> !below.failures.isEmpty());
        JournalTape above = new JournalTape();
        journal(0, above).follow(9);
        eventually(() -> !above.failures.isEmpty());
        assertThat(below.failures).noneMatch(RecordsLost.class::isInstance);
        assertThat(above.failures).singleElement().isInstanceOf(RecordsLost.class);
        assertThat(above.failures.get(0)).hasMessageContaining("ends at offset 5 (expected: at least 9");
        assertThat(below.records).isEmpty();
        assertThat(above.records).isEmpty();
    }

    @Test
    void theBoundsSayWhereTheLogStartsAndEnds() throws Exception {
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        journal.askBounds();
        eventually(() -> tape.bounds.equals(List.of(List.of(0L, 0L))));
        for (int i = 0; i < 5; i++) {
            kafka.send(topics.journal(), 0, "k", "v");
        }
        kafka.deleteBefore(topics.journal(), 0, 3);
        journal.askBounds();
        eventually(() -> tape.bounds.contains(List.of(3L, 5L)));
    }

    @Test
    void whatIsNotNeededIsDeletedUnlessItIsYoungHistory() throws Exception {
        for (int i = 0; i < 10; i++) {
            kafka.send(topics.journal(), 0, "k", "v".repeat(1_000));
        }
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        journal.deleteBefore(3, 0, 1 << 30);
        eventuallyStartsAt(journal, tape, 3);
        journal.deleteBefore(8, 3_600_000, 1 << 30);
        journal.deleteBefore(4, 0, 1 << 30);
        eventuallyStartsAt(journal, tape, 4);
        assertThat(tape.bounds).as("an hour is kept").doesNotContain(List.of(8L, 10L));
        journal.deleteBefore(8, 3_600_000, 1);
        eventuallyStartsAt(journal, tape, 8);
    }

    private static void eventuallyStartsAt(Journal journal, JournalTape tape, long start) {
        eventually(() -> {
            journal.askBounds();
            return tape.bounds.contains(List.of(start, 10L));
        });
    }

    @Test
    void aRecordWithoutAValueReadsAsEmpty() throws Exception {
        kafka.send(topics.journal(), 0, "k".getBytes(), null);
        JournalTape tape = new JournalTape();
        journal(0, tape).follow(0);
        eventually(() -> tape.records.size() == 1);
        assertThat(tape.records.get(0).value()).isEmpty();
    }

    @Test
    void anAppendThatTheBrokerRefusesFailsTheJournalForGood() {
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        journal.append(new byte[2_000_000]);
        eventually(() -> tape.failedAppends.size() == 1);
        journal.append(new byte[] {1});
        eventually(() -> tape.failedAppends.size() == 2);
        assertThat(tape.appended).isEmpty();

        JournalTape next = new JournalTape();
        journal(0, next).append(new byte[] {2});
        eventually(() -> next.appended.equals(List.of(0L)));
    }
}

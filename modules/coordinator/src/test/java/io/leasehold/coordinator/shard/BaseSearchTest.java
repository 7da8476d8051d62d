package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Large records are the same array again and again: what is kept is counted as if each had its own. */
class BaseSearchTest {
    private static final int LARGE = 8 << 20;

    private static byte[] record(int bytes, long base) {
        TurnWriter writer = new TurnWriter();
        writer.begin(new TurnHeader(99, 1, 1, 0, base));
        return Arrays.copyOf(writer.toRecord(), bytes);
    }

    private static List<JournalRecord> records(long from, long to, byte[] value) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new JournalRecord(offset, 0, value))
                .toList();
    }

    private static long bytes(List<JournalRecord> records) {
        return records.stream().mapToLong(one -> one.value().length).sum();
    }

    @Test
    void aJournalOfWhichNoBaseIsNamedAnyMoreIsSearchedInBoundedMemory() {
        byte[] nameless = record(LARGE, 3);
        BaseSearch search = new BaseSearch();
        search.begin(10, 1_000);
        while (!search.isDone()) {
            for (JournalRecord one : records(search.from(), 1_000, nameless)) {
                search.take(List.of(one));
                assertThat(bytes(search.taken())).isLessThanOrEqualTo(BaseSearch.MOST_KEPT_BYTES);
            }
        }
        assertThat(search.problem()).contains("starts at offset 10").contains("up to its end at 1000");
    }

    @Test
    void whatWasTooMuchToKeepIsReadAgainFromTheBaseThatWasFound() {
        BaseSearch search = new BaseSearch();
        search.begin(0, 16);
        search.take(records(0, 16, record(LARGE, 4)));
        assertThat(search.isDone()).isTrue();
        assertThat(search.found()).isEqualTo(4);
        assertThat(search.holdsAll()).isFalse();
    }

    @Test
    void whatIsShortIsKeptAndNotReadAgain() {
        BaseSearch search = new BaseSearch();
        search.begin(0, 16);
        search.take(records(0, 16, record(100, 4)));
        assertThat(search.holdsAll()).isTrue();
        assertThat(search.taken()).hasSize(16);
    }

    @Test
    void aCopyThatReadsFromTheSamePlaceAgainComesToTheSameState() {
        ManualClock clock = new ManualClock();
        InMemoryLogs logs = new InMemoryLogs(clock, 1);
        OneShard a = new OneShard("a", clock, logs).owning();
        a.submit(task("t1", 0));
        byte[] stranger = record(LARGE, 0);
        for (int i = 0; i < 10; i++) {
            logs.inject(stranger);
        }
        assertThat(logs.journal()).hasSizeLessThan(16);

        OneShard b = new OneShard("b", clock, logs).owning();

        assertThat(b.loop.owner().state().byId("t1")).isNotNull();
        assertThat(b.poll(1).value()).hasSize(1);
    }
}

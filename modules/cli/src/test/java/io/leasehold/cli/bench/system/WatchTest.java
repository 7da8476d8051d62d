package io.leasehold.cli.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Work WORK = new Work(100, 10);
    private static final int TASKS = 1_000;

    @Test
    void payloadIsAsLongAsAskedForAndTellsItsNumber() {
        for (long number : new long[] {0, 7, 123_456_789_012L}) {
            byte[] payload = WORK.payload(number);

            assertThat(payload).hasSize(100).startsWith('"').endsWith('"');
            assertThat(Work.number(payload)).isEqualTo(number);
        }
    }

    @Test
    void prioritiesAreSpreadEvenly() {
        long[] counts = new long[10];
        LongStream.range(0, 100_000).forEach(number -> counts[WORK.priority(number)]++);

        for (long count : counts) {
            assertThat(count).isBetween(9_000L, 11_000L);
        }
    }

    @Test
    void strictOrderHasNoInversionsAndTheReverseHasNothingElse() {
        List<Long> urgentFirst = LongStream.range(0, TASKS)
                .boxed()
                .sorted(Comparator.comparing(WORK::priority).reversed())
                .toList();
        List<Long> urgentLast = urgentFirst.stream()
                .sorted(Comparator.comparing(WORK::priority))
                .toList();

        assertThat(started(urgentFirst).inversions()).isZero();
        assertThat(started(urgentLast).inversions()).isEqualTo(1);
        assertThat(started(LongStream.range(0, TASKS).boxed().toList()).inversions())
                .isBetween(0.4, 0.6);
    }

    @Test
    void whatStartsAgainOrIsNotWatchedIsCountedApart() {
        Watch watch = started(List.of(5L, 5L, 6L, 2_000L));

        assertThat(watch.started()).isEqualTo(2);
        assertThat(watch.again()).isEqualTo(1);
        assertThat(watch.strangers()).isEqualTo(1);
    }

    @Test
    void delayCountsFromWhenATaskWasDueAndNotForTheWarmUp() {
        Watch watch = new Watch(WORK, 0, TASKS);
        long longAgo = System.nanoTime() - 10_000_000_000L;
        watch.schedule(new Watch.Schedule(longAgo, 1, 5));
        watch.started(WORK.payload(4));
        watch.started(WORK.payload(7));

        var delays = watch.delays();
        assertThat(delays.getTotalCount()).isEqualTo(1);
        assertThat(delays.getMaxValue()).isGreaterThanOrEqualTo(2_990_000_000L);
    }

    private static Watch started(List<Long> numbers) {
        Watch watch = new Watch(WORK, 0, TASKS);
        numbers.forEach(number -> watch.started(WORK.payload(number)));
        return watch;
    }
}

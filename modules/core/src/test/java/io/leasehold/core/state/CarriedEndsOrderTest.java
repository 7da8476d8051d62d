package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Trim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ends that are not public yet are carried in the order in which their tasks came, and sent in the order of their ends. */
class CarriedEndsOrderTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Claim CLAIM = new Claim("a", "c", "j", "i", 1, Fold.VERSION, 0, 0, 0);

    private final ShardState state = new ShardState();
    private final Fold fold = new Fold(state);

    @Test
    void endsThatAreCarriedInAnyOrderStandInTheOrderOfTheirNumbers() {
        long seed = System.nanoTime();
        List<Long> numbers = numbers(500);
        Collections.shuffle(numbers, new Random(seed));
        carry(numbers);

        fold.endsPublished(100);

        assertThat(state.unpublished())
                .as("seed " + seed)
                .extracting(entry -> entry.end().number())
                .isEqualTo(LongStream.rangeClosed(101, 500).boxed().toList());
        fold.trimmed(new Trim(1, 0, 0, 0));
        Recount.check(state);
    }

    @Test
    void orderInWhichTheyAreCarriedDoesNotChangeTheDigest() {
        carry(numbers(500));
        fold.trimmed(new Trim(1, 0, 0, 0));
        ShardState other = state;
        CarriedEndsOrderTest backwards = new CarriedEndsOrderTest();
        List<Long> reversed = numbers(500);
        Collections.reverse(reversed);

        backwards.carry(reversed);
        backwards.fold.trimmed(new Trim(1, 0, 0, 0));

        assertThat(StateDigest.of(backwards.state)).isEqualTo(StateDigest.of(other));
    }

    @Test
    void endThatComesWhileOthersAreStillCarriedStandsBehindThem() {
        fold.beginAtBase(new TurnHeader(1, 7, 1, NOW, 0));
        fold.based(new Base(1, 0, 10, 10, 3, 0, CLAIM));
        fold.accepted(11, task("new"), NOW);
        fold.cancelled(11, NOW);
        for (long number : new long[] {3, 1, 2}) {
            fold.carried(carried(number));
        }

        fold.trimmed(new Trim(1, 0, 0, 0));

        assertThat(state.unpublished())
                .extracting(entry -> entry.end().number())
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void carriedEndsCostNoMoreEachTheMoreThereAre() {
        int ends = 60_000;
        List<Long> numbers = numbers(ends);
        Collections.reverse(numbers);
        long beforeNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        carry(numbers);
        fold.trimmed(new Trim(1, 0, 0, 0));

        long ms = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beforeNs) / 1_000_000;
        assertThat(state.unpublished()).hasSize(ends);
        // Sorting all of them for each takes more than 10 s.
        assertThat(ms).as("milliseconds of processor time").isLessThan(3_000);
    }

    private static List<Long> numbers(int count) {
        return new ArrayList<>(LongStream.rangeClosed(1, count).boxed().toList());
    }

    private void carry(List<Long> numbers) {
        long last = numbers.size();
        fold.beginAtBase(new TurnHeader(1, 7, 1, NOW, 0));
        fold.based(new Base(1, 0, last, last, last, 0, CLAIM));
        numbers.forEach(number -> fold.carried(carried(number)));
    }

    private static Carried carried(long number) {
        End end = new End(number, EndCause.CANCELLED, NOW, false, new byte[0]);
        return new Carried(number, task("t" + number), NOW, NOW, 0, 0, 0, 0, 0, null, null, end);
    }

    private static Task task(String id) {
        return new Task(id, "default", null, 0, Task.NO_DEADLINE, 0, new byte[0], 5, 30_000, Backoff.DEFAULT, null);
    }
}

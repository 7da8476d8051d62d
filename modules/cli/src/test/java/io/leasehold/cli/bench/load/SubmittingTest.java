package io.leasehold.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Watch;
import io.leasehold.cli.bench.system.Work;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SubmittingTest {
    private static final Work WORK = new Work(100, 10);

    /** Equal to every other one that shares what it shares, as those of a share group are. */
    private record Collecting(Queue<Long> submitted) implements Target.Producer {
        @Override
        public void submit(Work work, long number) {
            submitted.add(number);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void producersThatAreEqualToEachOtherStillSubmitEachTaskOnce() throws Exception {
        Queue<Long> submitted = new ConcurrentLinkedQueue<>();
        try (Submitting submitting = new Submitting(8, () -> new Collecting(submitted))) {
            submitting.submit(WORK, new Watch.Numbers(5, 100), done -> {});
            submitting.submitOnTime(
                    WORK, new Watch.Numbers(105, 20), new Watch.Schedule(System.nanoTime(), 1_000_000, 0), done -> {});
        }

        assertThat(submitted)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(5, 125).boxed().toList());
    }
}

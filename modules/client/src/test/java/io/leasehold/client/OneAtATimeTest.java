package io.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OneAtATimeTest {
    private final OneAtATime turns = new OneAtATime();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void whoComesAloneRunsIt() {
        turns.execute(() -> seen.add(Thread.currentThread()));

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    void whatIsBroughtMeanwhileRunsAfterwardsAndOnTheSameThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread first = new Thread(() -> turns.execute(() -> {
            begun.countDown();
            awaitUninterrupted(go);
            turns.execute(() -> seen.add("brought by itself"));
            seen.add("first");
        }));
        first.start();
        begun.await();

        turns.execute(() -> seen.add(Thread.currentThread()));
        assertThat(seen).isEmpty();
        go.countDown();
        first.join();

        assertThat(seen).containsExactly("first", first, "brought by itself");
    }

    /** The list is no list for several threads: it would lose some, or be seen half-made. */
    @Test
    void neverTwoAtOnceAndNothingIsLost() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    turns.execute(() -> seen.add(seen.size()));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(seen).hasSize(200_000);
        assertThat(seen.get(199_999)).isEqualTo(199_999);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

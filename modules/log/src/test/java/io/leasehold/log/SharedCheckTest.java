package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedCheckTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void goodAnswerCountsForTenSeconds() {
        SharedCheck check = new SharedCheck(asked::incrementAndGet, nanos::get);

        check.run();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(9_999));
        check.run();
        assertThat(asked).hasValue(1);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        check.run();

        assertThat(asked).hasValue(2);
    }

    @Test
    void badAnswerIsThrownAndCountsForNobodyWhoAsksLater() {
        SharedCheck check = new SharedCheck(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("another topic");
                    }
                },
                nanos::get);

        assertThatThrownBy(check::run).hasMessage("another topic");
        check.run();

        assertThat(asked).hasValue(2);
    }

    @Test
    void whoComesMeanwhileGetsTheSameAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch asking = new CountDownLatch(1);
        SharedCheck check = new SharedCheck(
                () -> {
                    asked.incrementAndGet();
                    asking.countDown();
                    awaitQuietly(answer);
                    throw new IllegalStateException("another topic");
                },
                nanos::get);
        CompletableFuture<Void> first = CompletableFuture.runAsync(check::run);
        asking.await();
        Thread second = new Thread(() -> assertThatThrownBy(check::run).hasMessage("another topic"));
        AtomicInteger failures = new AtomicInteger();
        second.setUncaughtExceptionHandler((thread, e) -> failures.incrementAndGet());
        second.start();
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        answer.countDown();
        second.join();

        assertThatThrownBy(first::join).hasRootCauseMessage("another topic");
        assertThat(failures).hasValue(0);
        assertThat(asked).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandlerThreadsTest {
    private final AtomicInteger started = new AtomicInteger();
    private final HandlerThreads threads = new HandlerThreads(run -> {
        started.incrementAndGet();
        Thread thread = new Thread(run);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void shutDown() {
        threads.shutDown();
    }

    @Test
    void handlersThatWaitForEachOtherAllRun() throws Exception {
        CountDownLatch all = new CountDownLatch(200);

        threads.run(Collections.nCopies(200, () -> {
            all.countDown();
            awaitUninterrupted(all);
        }));

        all.await();
        assertThat(started).hasValue(200);
    }

    @Test
    void quickHandlersShareFewThreads() throws Exception {
        CountDownLatch all = new CountDownLatch(100_000);
        for (int i = 0; i < 500; i++) {
            threads.run(Collections.nCopies(200, all::countDown));
        }

        all.await();
        assertThat(started.get()).isLessThan(200);
    }

    @Test
    void oneThreadAfterTheOtherIsReused() throws Exception {
        List<Thread> ran = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            threads.run(List.of(() -> ran.add(Thread.currentThread())));
            int expected = i + 1;
            // It runs its handler before it waits for the next one; while it runs, another one would be started.
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> ran.size() == expected && ran.get(0).getState() == Thread.State.TIMED_WAITING);
        }

        assertThat(ran).containsOnly(ran.get(0));
    }

    @Test
    void handlersBeginInTheOrderGiven() throws Exception {
        List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        List<Runnable> handlers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            handlers.add(() -> {
                begun.add(number);
                all.countDown();
                awaitUninterrupted(go);
            });
        }

        threads.run(handlers);
        all.await();
        go.countDown();

        assertThat(begun.get(0)).isZero();
        assertThat(begun).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void threadThatIsThereRunsAllIfNoMoreCanBeStarted() throws Exception {
        HandlerThreads one = new HandlerThreads(run -> {
            if (started.getAndIncrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            return thread;
        });
        CountDownLatch all = new CountDownLatch(100);

        one.run(Collections.nCopies(100, all::countDown));

        all.await();
        one.shutDown();
    }

    @Test
    void callerIsToldIfNoThreadCanBeStarted() {
        HandlerThreads none = new HandlerThreads(run -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThatThrownBy(() -> none.run(List.of(() -> {}))).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void nothingBeginsAfterTheEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        threads.run(List.of(() -> {
            running.countDown();
            awaitUninterrupted(go);
            ran.incrementAndGet();
        }));
        running.await();

        threads.shutDown();
        threads.run(List.of(ran::incrementAndGet));
        go.countDown();

        await().untilAsserted(() -> assertThat(ran).hasValue(1));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

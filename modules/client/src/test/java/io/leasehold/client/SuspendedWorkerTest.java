package io.leasehold.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.PayloadCodec;
import io.leasehold.client.logic.Chance;
import io.leasehold.client.logic.Pace;
import io.leasehold.client.logic.WorkerClock;
import io.leasehold.client.logic.WorkerLogic;
import io.leasehold.client.logic.WorkerSettings;
import io.leasehold.client.transport.VertxTransport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker whose machine sleeps while a handler runs. */
@Timeout(30)
class SuspendedWorkerTest {
    @Test
    void leaseThatRanOutWhileTheMachineSleptIsNotBelievedInWhenItWakes() throws Exception {
        AtomicLong sleptMs = new AtomicLong();
        WorkerClock clock = new WorkerClock(System::nanoTime, () -> System.currentTimeMillis() + sleptMs.get());
        AtomicReference<TaskContext> running = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        RawTaskHandler handler = (task, payload) -> {
            task.onMustStop(told::countDown);
            running.set(task);
            begun.countDown();
            told.await();
            return null;
        };
        try (TinyCoordinator coordinator = new TinyCoordinator();
                VertxTransport transport = new VertxTransport()) {
            coordinator.leaseMs = 600_000;
            WorkerSettings settings = new WorkerSettings("w-1", List.of("q"), 1, null, true);
            WorkerLogic logic = new WorkerLogic(settings, Pace.DEFAULT, List.of(coordinator.url()), Chance.seeded(1));
            WorkerLoop loop =
                    new WorkerLoop(logic, clock, transport, new Handlers(Map.of(), handler, PayloadCodec.jackson()));
            loop.start();
            coordinator.add("a", null, null, null);
            assertThat(begun.await(10, SECONDS)).isTrue();
            assertThat(running.get().leaseLost()).isFalse();

            sleptMs.set(600_001);

            assertThat(running.get().leaseLost()).isTrue();
            assertThat(told.await(5, SECONDS))
                    .as("told soon, though the timer of the next heartbeat slept as well")
                    .isTrue();
            loop.stop(0);
            loop.terminated().get(10, SECONDS);
        }
    }
}

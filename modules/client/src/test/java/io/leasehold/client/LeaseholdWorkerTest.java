package io.leasehold.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.Outcome;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** The whole worker against a coordinator over a real socket. */
@Timeout(60)
class LeaseholdWorkerTest {
    record Resize(String url, int width) {}

    private TinyCoordinator coordinator;

    @BeforeEach
    void startCoordinator() throws Exception {
        coordinator = new TinyCoordinator();
    }

    @AfterEach
    void stopCoordinator() throws Exception {
        coordinator.close();
    }

    @Test
    void returnedValueIsTheResult() {
        try (LeaseholdWorker worker = builder()
                .on("resize", Resize.class, (task, in) -> Map.of("thumb", in.url() + "@" + in.width()))
                .build()
                .start()) {
            coordinator.add("a", "resize", "{\"url\":\"u\",\"width\":7,\"new\":1}", null);

            assertThat(report("a").outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(report("a").result()).isEqualTo(RawJson.of("{\"thumb\":\"u@7\"}"));
            assertThat(worker.id()).isNotEmpty();
        }
    }

    @Test
    void handlerSeesTheTaskAsItWasGranted() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        AtomicReference<String> seen = new AtomicReference<>();
        try (LeaseholdWorker worker = builder()
                .onAny((task, payload) -> {
                    assertThat(task.deadline()).isEqualTo(Instant.ofEpochMilli(99));
                    assertThat(task.leaseLost() || task.cancelled() || task.mustStop())
                            .isFalse();
                    task.throwIfCancelled();
                    seen.set(task.id() + " " + task.queue() + " " + task.type() + " " + task.priority() + " "
                            + task.attempt() + " " + task.maxAttempts() + " " + task.fence() + " "
                            + task.traceparent() + " " + new String(payload, StandardCharsets.UTF_8));
                    return null;
                })
                .build()
                .start()) {
            coordinator.add("a", null, "[1.50,  \"é\"]", trace);

            assertThat(report("a").result()).isNull();
            assertThat(seen.get()).isEqualTo("a q null 3 1 5 1 " + trace + " [1.50,  \"é\"]");
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void logLinesOfAHandlerCarryTheTraceIdOfItsTaskAlone() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (LeaseholdWorker worker = builder()
                .concurrency(1)
                .onAny((task, payload) -> {
                    seen.add(task.id() + " " + MDC.get("trace_id"));
                    return null;
                })
                .build()
                .start()) {
            coordinator.add("traced", null, "1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            report("traced");
            coordinator.add("untraced", null, "1", null);
            report("untraced");

            assertThat(seen).containsExactly("traced 4bf92f3577b34da6a3ce929d0e0e4736", "untraced null");
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void whatTheHandlerThrowsIsTheFailure() {
        try (LeaseholdWorker worker = builder()
                .concurrency(10)
                .on("permanent", Object.class, (task, in) -> {
                    throw TaskFailure.permanent("bad width");
                })
                .on("later", Object.class, (task, in) -> {
                    throw TaskFailure.retryAfter(Duration.ofSeconds(7));
                })
                .on("broken", Object.class, (task, in) -> {
                    throw new IllegalStateException("boom");
                })
                .on("typed", Resize.class, (task, in) -> null)
                .on("huge", Object.class, (task, in) -> "x".repeat(70_000))
                .on("raw", Object.class, (task, in) -> RawJson.of("{"))
                .build()
                .start()) {
            for (String type : List.of("permanent", "later", "broken", "huge", "raw", "unknown")) {
                coordinator.add(type, type, "1", null);
            }
            coordinator.add("typed", "typed", "\"no object\"", null);

            assertThat(report("permanent")).isEqualTo(failure("permanent", "bad width", false, null));
            assertThat(report("later").retryAfterMs()).isEqualTo(7_000);
            assertThat(report("later").retryable()).isNull();
            assertThat(report("broken").error()).startsWith("java.lang.IllegalStateException: boom");
            assertThat(report("broken").retryable()).isNull();
            assertThat(report("typed").error()).contains("cannot be read as Resize");
            assertThat(report("huge"))
                    .isEqualTo(failure("huge", "result: 70002 bytes (expected: at most 65536 bytes)", false, null));
            assertThat(report("raw").error()).startsWith("result: not one JSON value");
            assertThat(report("unknown").error()).contains("type: unknown (expected: one that this worker has");
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void runningTasksAreHeartbeatAndToldOfLossAndCancellation() throws Exception {
        coordinator.leaseMs = 1_500;
        CountDownLatch told = new CountDownLatch(2);
        AtomicReference<String> why = new AtomicReference<>();
        coordinator.beats.put("lease-lost", LeaseStatus.LOST);
        coordinator.beats.put("lease-cancelled", LeaseStatus.CANCELLED);
        try (LeaseholdWorker worker = builder()
                .concurrency(3)
                .onAny((task, payload) -> {
                    CountDownLatch stop = new CountDownLatch(1);
                    task.onMustStop(stop::countDown);
                    boolean stopped = stop.await(6, SECONDS);
                    if (stopped && task.cancelled()) {
                        why.set("cancelled");
                    }
                    if (stopped) {
                        told.countDown();
                        task.throwIfCancelled();
                    }
                    return task.leaseLost();
                })
                .build()
                .start()) {
            coordinator.add("lost", null, null, null);
            coordinator.add("cancelled", null, null, null);
            coordinator.add("kept", null, null, null);

            assertThat(told.await(5, SECONDS)).isTrue();
            assertThat(why.get()).isEqualTo("cancelled");
            assertThat(report("lost").outcome())
                    .as("it did nothing wrong, so its attempt must not count")
                    .isEqualTo(Outcome.RELEASE);
            assertThat(report("kept").result())
                    .as("kept far longer than its lease of 1.5 s")
                    .isEqualTo(RawJson.of("false"));
            assertThat(coordinator.heartbeats.get()).isGreaterThan(5);
            assertThat(coordinator.reports).doesNotContainKey("lease-cancelled");
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void closeFinishesWhatRunsAndGivesItsPollUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        LeaseholdWorker worker = builder()
                .concurrency(2)
                .onAny((task, payload) -> {
                    begun.countDown();
                    finish.await();
                    return "done";
                })
                .build()
                .start();
        coordinator.add("a", null, null, null);
        assertThat(begun.await(10, SECONDS)).isTrue();
        await().until(() -> coordinator.parkedNow.get() == 1);

        worker.stop();
        await().until(() -> coordinator.pollsGivenUp.get() == 1);
        assertThat(worker.awaitTermination(Duration.ofMillis(50))).isFalse();
        finish.countDown();
        worker.close();

        assertThat(worker.awaitTermination(Duration.ZERO)).isTrue();
        assertThat(report("a").result()).isEqualTo(RawJson.of("\"done\""));
    }

    @Test
    void closeGivesBackWhatDoesNotFinishInTime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        LeaseholdWorker worker = builder()
                .grace(Duration.ofMillis(200))
                .onAny((task, payload) -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(task.mustStop());
                    }
                    return null;
                })
                .build()
                .start();
        coordinator.add("a", null, null, null);
        assertThat(begun.await(10, SECONDS)).isTrue();

        worker.close();

        assertThat(report("a").outcome()).isEqualTo(Outcome.RELEASE);
        await().untilTrue(interrupted);
    }

    @Test
    void workerGoesOnAfterItsCoordinatorFailedForAWhile() {
        try (LeaseholdWorker worker =
                builder().onAny((task, payload) -> null).build().start()) {
            for (int i = 0; i < 8; i++) {
                coordinator.failNext.add(i % 2 == 0 ? 503 : 500);
            }
            coordinator.add("a", null, null, null);

            assertThat(report("a").outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void coordinatorsMayBeToldFromElsewhere() {
        CoordinatorSource source = new CoordinatorSource() {
            @Override
            public void start(Consumer<List<Coordinator>> listener) {
                listener.accept(List.of(new Coordinator("c-1", coordinator.url())));
            }

            @Override
            public void close() {}
        };
        try (LeaseholdWorker worker = LeaseholdWorker.builder("http://127.0.0.1:1")
                .queue("q")
                .coordinators(source)
                .onAny((task, payload) -> null)
                .build()
                .start()) {
            coordinator.add("a", null, null, null);

            assertThat(report("a").outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void workerThatWasNeverStartedCloses() {
        LeaseholdWorker worker = builder().onAny((task, payload) -> null).build();

        worker.close();
        worker.close();
    }

    @Test
    void badSettingsAreRefusedByName() {
        assertThatThrownBy(() -> LeaseholdWorker.builder("localhost:8470"))
                .hasMessage("url: localhost:8470 (expected: http://host:port)");
        assertThatThrownBy(() -> builder().concurrency(0)).hasMessage("concurrency: 0 (expected: from 1 to 1000)");
        assertThatThrownBy(() -> builder().lease(Duration.ofMillis(5))).hasMessageStartingWith("lease: PT0.005S");
        assertThatThrownBy(() -> builder().queue("a\nb")).hasMessageStartingWith("queue: ");
        assertThatThrownBy(() -> builder().build()).hasMessageStartingWith("handlers: none");
    }

    private WorkerBuilder builder() {
        return LeaseholdWorker.builder(coordinator.url()).queue("q").stopOnSigterm(false);
    }

    private ReportRequest.Entry report(String task) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> coordinator.reports.get("lease-" + task), entry -> entry != null);
    }

    private static ReportRequest.Entry failure(String task, String error, Boolean retryable, Long retryAfterMs) {
        return new ReportRequest.Entry("lease-" + task, Outcome.FAILURE, null, error, retryable, retryAfterMs);
    }
}

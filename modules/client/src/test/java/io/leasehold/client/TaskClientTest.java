package io.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leasehold.api.Json;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.SubmitAnswer;
import io.leasehold.api.Task;
import io.leasehold.api.TaskSpec;
import io.leasehold.client.transport.Transport;
import io.leasehold.client.transport.VertxTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskClientTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private TinyCoordinator coordinator;
    private TaskClient client;

    @BeforeEach
    void start() throws Exception {
        coordinator = new TinyCoordinator();
        client = TaskClient.create(coordinator.url());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        coordinator.close();
    }

    @Test
    void taskArrivesAsItWasBuilt() {
        SubmitAnswer answer = client.submit(Task.of("images", "resize", Map.of("w", 7))
                .id("img-42")
                .priority(5)
                .traceparent(TRACE));

        assertThat(answer).isEqualTo(SubmitAnswer.accepted("img-42", 0, false));
        TaskSpec task = coordinator.submitted.poll();
        assertThat(task.queue() + task.type() + task.priority()).isEqualTo("imagesresize5");
        assertThat(new String(task.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"w\":7}");
        assertThat(coordinator.traceparents).containsExactly(TRACE);
    }

    @Test
    void taskWithoutAnIdIsGivenOneSoThatRepeatingItIsSafe() {
        coordinator.failNext.addAll(List.of(503, 503));

        String id = client.submit(Task.of("q", null)).id();

        assertThat(id).hasSize(36);
        assertThat(coordinator.submitted).hasSize(1);
    }

    @Test
    void severalTasksAreAnsweredOneByOne() {
        List<SubmitAnswer> answers = client.submitAll(
                List.of(Task.of("q", 1).id("a"), Task.of("q", 2).id("b")));

        assertThat(answers).extracting(SubmitAnswer::id).containsExactly("a", "b");
        assertThat(coordinator.submitted).hasSize(2);
    }

    @Test
    void callIsTriedAtTheNextCoordinatorWhenOneIsAway() {
        try (TaskClient other = TaskClient.create("http://127.0.0.1:1", coordinator.url())) {
            assertThat(other.submit(Task.of("q", 1).id("a")).id()).isEqualTo("a");
        }
    }

    @Test
    void callToAShardWithoutAnOwnerIsRepeatedSoonerThanTheAnswerAsksFor() {
        Transport moving = new Transport() {
            private int asked;

            @Override
            public CompletableFuture<Answer> send(Request request) {
                if (asked++ == 0) {
                    byte[] problem = Json.write(Problem.of(ProblemCode.NO_OWNER, "shard 3"));
                    return CompletableFuture.completedFuture(new Answer(503, problem, Map.of("retry-after", "9")));
                }
                byte[] taken = Json.write(SubmitAnswer.accepted("a", 3, false));
                return CompletableFuture.completedFuture(new Answer(201, taken, Map.of()));
            }

            @Override
            public void close() {}
        };
        Duration lessThanAskedFor = Duration.ofSeconds(5);
        try (TaskClient other =
                TaskClient.create(moving, PayloadCodec.jackson(), lessThanAskedFor, "http://127.0.0.1:1")) {
            assertThat(other.submit(Task.of("q", 1).id("a")).id()).isEqualTo("a");
        }
    }

    @Test
    void callGivesUpWhenItsTimeIsOver() {
        try (TaskClient other = TaskClient.create(
                new VertxTransport(), PayloadCodec.jackson(), Duration.ofMillis(500), "http://127.0.0.1:1")) {
            assertThatThrownBy(() -> other.get("a"))
                    .isInstanceOf(LeaseholdException.class)
                    .hasMessageContaining("http://127.0.0.1:1")
                    .hasMessageContaining("500 ms");
        }
    }

    @Test
    void unknownTaskIsEmpty() {
        assertThat(client.get("never seen/é")).isEmpty();
    }

    @Test
    void refusalNamesItsProblem() {
        LeaseholdException refusal = catchThrowableOfType(LeaseholdException.class, () -> client.cancel("done"));

        assertThat(refusal.is("task-ended")).isTrue();
        assertThat(refusal.problem().status()).isEqualTo(409);
    }

    @Test
    void answerWithoutAProblemIsNamedByItsStatus() {
        coordinator.failNext.add(405);

        assertThatThrownBy(() -> client.cancel("x"))
                .isInstanceOf(LeaseholdException.class)
                .hasMessage("status 405");
    }

    @Test
    void taskThatBreaksARuleIsNotSent() {
        assertThatThrownBy(() -> client.submit(Task.of("q", 1).maxAttempts(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxAttempts: 0 (expected: an integer from 1 to 1000)");
        assertThat(coordinator.submitted).isEmpty();
    }
}

package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskRequestTest {
    private static final int MAX = 10_000;

    record Resize(String url, int width) {}

    @Test
    void unsetFieldsAreNotWritten() throws Exception {
        assertThat(json(Task.of("images", "resize", new Resize("u", 7))))
                .isEqualTo("{\"queue\":\"images\",\"type\":\"resize\",\"payload\":{\"url\":\"u\",\"width\":7}}");
        assertThat(json(Task.of("q", null))).isEqualTo("{\"queue\":\"q\"}");
    }

    @Test
    void everyFieldArrives() throws Exception {
        Instant time = Instant.parse("2030-01-31T08:00:00.123Z");
        TaskRequest request = Task.of("q", "t", RawJson.of("[1.0]"))
                .id("i")
                .priority(-4)
                .runAt(time)
                .deadline(time.plusSeconds(5))
                .maxAttempts(9)
                .lease(Duration.ofMinutes(2))
                .backoff(Duration.ofMillis(5), 1.5, Duration.ofSeconds(1));

        TaskSpec task = new TaskReader(MAX).read(request.toJson(PayloadCodec.jackson(), MAX));

        assertThat(task)
                .usingRecursiveComparison()
                .isEqualTo(new TaskSpec(
                        "i",
                        "q",
                        "t",
                        -4,
                        time.toEpochMilli() + 5_000,
                        time.toEpochMilli(),
                        0,
                        "[1.0]".getBytes(StandardCharsets.UTF_8),
                        9,
                        120_000,
                        new BackoffSpec(5, 1.5, 1_000),
                        null));
    }

    @Test
    void requestThatTheServiceWouldRefuseIsRefusedBefore() {
        List<TaskRequest> bad = List.of(
                Task.of("", 1),
                Task.of("q", RawJson.of("{")),
                Task.of("q", RawJson.of("1},\"id\":\"x\"")),
                Task.of("q", RawJson.of("1,\"priority\":9")),
                Task.of("q", "x".repeat(MAX)),
                Task.of("q", 1).lease(Duration.ofSeconds(Long.MAX_VALUE)),
                Task.of("q", 1).deadline(Instant.MAX),
                Task.of("q", 1).id("~0.x"),
                Task.of("q", 1).delay(Duration.ofMillis(-1)),
                Task.of("q", 1).delay(Duration.ofSeconds(1)).notBefore(Instant.ofEpochMilli(5)),
                Task.of("q", 1).maxAttempts(0),
                Task.of("q", 1).backoff(Duration.ofSeconds(1), Double.NaN, Duration.ofSeconds(2)));

        for (TaskRequest request : bad) {
            assertThatThrownBy(() -> request.toJson(PayloadCodec.jackson(), MAX))
                    .isInstanceOf(InvalidTask.class)
                    .hasMessageContaining("(expected: ");
        }
    }

    @Test
    void payloadThatCannotBeWrittenIsAnIllegalArgument() {
        assertThatThrownBy(() -> Task.of("q", new Object()).toJson(PayloadCodec.jackson(), MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot be written as JSON: ");
    }

    @Test
    void randomIdsDifferAndSortByTime() {
        long before = System.currentTimeMillis();
        String id = TaskId.random().value();

        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(Long.parseLong(id.replace("-", "").substring(0, 12), 16))
                .isBetween(before, System.currentTimeMillis());
        assertThat(TaskId.random().value()).isNotEqualTo(id);
    }

    @Test
    void rawJsonKnowsWhetherItIsOneValue() {
        for (String good : List.of("1", "\"s\"", " {\"a\":[]} ", "null")) {
            assertThat(RawJson.of(good).isValid()).as(good).isTrue();
        }
        for (String bad : List.of("", " ", "{", "1 2", "{\"a\":1,\"a\":2}", "x", "[".repeat(33) + "]".repeat(33))) {
            assertThat(RawJson.of(bad).isValid()).as(bad).isFalse();
        }
    }

    private static String json(TaskRequest request) throws InvalidTask {
        return new String(request.toJson(PayloadCodec.jackson(), MAX), StandardCharsets.UTF_8);
    }
}

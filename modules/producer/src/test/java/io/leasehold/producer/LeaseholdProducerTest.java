package io.leasehold.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.api.Task;
import io.leasehold.api.TaskId;
import io.leasehold.api.TaskReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LeaseholdProducerTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final LeaseholdProducer tasks = LeaseholdProducer.over(kafka, ProducerOptions.DEFAULT);

    record Resize(String url, int width) {}

    @Test
    void taskIsARecordWhoseKeyIsItsId() throws Exception {
        CompletableFuture<TaskId> id = tasks.enqueue(Task.of("images", "resize", new Resize("u", 200))
                .id("img-42")
                .priority(5)
                .runAt(Instant.ofEpochMilli(7))
                .traceparent(TRACE));

        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(record.topic()).isEqualTo("leasehold.tasks");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("img-42");
        assertThat(record.partition()).as("left to Kafka's default partitioner").isNull();
        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"queue\":\"images\",\"type\":\"resize\",\"priority\":5,\"notBefore\":7,"
                        + "\"payload\":{\"url\":\"u\",\"width\":200}}");
        assertThat(record.headers().lastHeader("traceparent").value())
                .isEqualTo(TRACE.getBytes(StandardCharsets.US_ASCII));
        assertThat(id).as("before it is durable").isNotDone();
        kafka.completeNext();
        assertThat(id.get()).isEqualTo(new TaskId("img-42"));
    }

    @Test
    void taskWithoutAnIdIsGivenOne() throws Exception {
        CompletableFuture<TaskId> id = tasks.enqueue(Task.of("q", 1));
        kafka.completeNext();

        ProducerRecord<byte[], byte[]> record = kafka.history().get(0);
        assertThat(id.get().value()).hasSize(36).isEqualTo(new String(record.key(), StandardCharsets.UTF_8));
        assertThat(new TaskReader(1_000)
                        .readRecord(record.key(), record.value())
                        .id())
                .isEqualTo(id.get().value());
    }

    @Test
    void failureOfTheSendIsToldAsItIs() {
        CompletableFuture<TaskId> id = tasks.enqueue(Task.of("q", 1));

        kafka.errorNext(new NotEnoughReplicasException("too few"));

        assertThatThrownBy(id::get).hasCauseInstanceOf(NotEnoughReplicasException.class);
    }

    @Test
    void taskThatBreaksARuleIsNotSent() {
        assertThatThrownBy(() -> tasks.enqueue(Task.of("q", 1).id("~1.x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("id: \"~1.x\" (expected: ");
        assertThatThrownBy(() -> tasks.enqueue(Task.of("q", "x".repeat(600_000))))
                .hasMessageContaining("(expected: at most 491526 bytes)");
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void topicHasTheCoordinatorsPrefix() {
        LeaseholdProducer other = LeaseholdProducer.over(kafka, ProducerOptions.DEFAULT.withTopicPrefix("test.a"));
        other.enqueue(Task.of("q", 1));

        assertThat(kafka.history().get(0).topic()).isEqualTo("test.a.tasks");
        assertThatThrownBy(() -> ProducerOptions.DEFAULT.withTopicPrefix("a b"))
                .hasMessage("topicPrefix: a b (expected: letters, digits, . _ -)");
    }

    @Test
    void closeClosesKafkasProducer() {
        tasks.close();

        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void configurationIsMadeSafe() {
        Map<String, Object> safe = SafeConfig.of(Map.of("bootstrap.servers", "localhost:9092", "linger.ms", 0));

        assertThat(safe)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("linger.ms", 0)
                .containsEntry("key.serializer", ByteArraySerializer.class)
                .containsEntry("value.serializer", ByteArraySerializer.class);
        assertThat(SafeConfig.of(Map.of("acks", "-1", "enable.idempotence", true)))
                .containsEntry("acks", "-1");
    }

    @Test
    void configurationThatCouldLoseTasksIsRefusedByName() {
        assertThatThrownBy(() -> SafeConfig.of(Map.of("acks", "1"))).hasMessage("acks: 1 (expected: all)");
        assertThatThrownBy(() -> SafeConfig.of(Map.of("enable.idempotence", false)))
                .hasMessage("enable.idempotence: false (expected: true)");
        assertThatThrownBy(() -> SafeConfig.of(Map.of("partitioner.ignore.keys", "true")))
                .hasMessage("partitioner.ignore.keys: true (expected: false)");
        assertThatThrownBy(() -> SafeConfig.of(Map.of("partitioner.class", "x.Y")))
                .hasMessageStartingWith("partitioner.class: x.Y (expected: not set");
    }

    @Test
    void configurationMayBeMadeOfStrings() {
        try (LeaseholdProducer real = LeaseholdProducer.create(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThat(real).isNotNull();
        }
    }
}

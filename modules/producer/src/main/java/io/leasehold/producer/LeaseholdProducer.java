package io.leasehold.producer;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.TaskId;
import io.leasehold.api.TaskRequest;
import io.leasehold.api.Traceparent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Submits tasks by writing them to the inbox topic: durable once all in-sync replicas have them, and never twice by its own
 * retries. Safe for any thread.
 */
public final class LeaseholdProducer implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final Producer<byte[], byte[]> producer;
    private final ProducerOptions options;

    private LeaseholdProducer(Producer<byte[], byte[]> producer, ProducerOptions options) {
        this.producer = producer;
        this.options = options;
    }

    /**
     * @param kafkaConfig the configuration of Kafka's producer; {@code bootstrap.servers} at least
     * @throws IllegalArgumentException if it contradicts {@code acks=all}, idempotence or the default partitioner
     */
    public static LeaseholdProducer create(Map<String, ?> kafkaConfig) {
        return create(kafkaConfig, ProducerOptions.DEFAULT);
    }

    public static LeaseholdProducer create(Map<String, ?> kafkaConfig, ProducerOptions options) {
        return over(new KafkaProducer<>(SafeConfig.of(kafkaConfig)), options);
    }

    /** Over a producer that exists, for tests; it is closed with this one. */
    public static LeaseholdProducer over(Producer<byte[], byte[]> producer, ProducerOptions options) {
        return new LeaseholdProducer(producer, options);
    }

    /**
     * Sends the task; a task without an id is given a random one. As Kafka's own {@code send}, this may block for
     * {@code max.block.ms} while no broker can be reached or the buffer is full.
     *
     * @return completes with the task's id once it is durable, or exceptionally with Kafka's reason
     * @throws IllegalArgumentException if the task breaks a rule; nothing was sent
     */
    public CompletableFuture<TaskId> enqueue(TaskRequest task) {
        TaskId id = task.id() == null ? TaskId.random() : new TaskId(task.id());
        ProducerRecord<byte[], byte[]> record = record(task, id);
        CompletableFuture<TaskId> result = new CompletableFuture<>();
        producer.send(record, (metadata, error) -> {
            if (error == null) {
                result.complete(id);
            } else {
                result.completeExceptionally(error);
            }
        });
        return result;
    }

    /** Waits until everything enqueued before is durable or has failed. */
    public void flush() {
        producer.flush();
    }

    /** Sends what is still under way, for 30 s at most. */
    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }

    private ProducerRecord<byte[], byte[]> record(TaskRequest task, TaskId id) {
        try {
            byte[] value = task.toRecordValue(id, options.codec(), options.maxTaskBytes());
            byte[] key = id.value().getBytes(StandardCharsets.UTF_8);
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(options.topic(), key, value);
            if (task.traceparent() != null) {
                record.headers().add(Traceparent.HEADER, task.traceparent().getBytes(StandardCharsets.US_ASCII));
            }
            return record;
        } catch (InvalidTask e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}

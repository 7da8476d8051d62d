package io.leasehold.cli.submit;

import io.leasehold.api.SubmitAnswer;
import io.leasehold.cli.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes tasks to the inbox as any Kafka producer would: key = id, value = the task. Coordinators need not be up. */
final class KafkaDoor implements Door {
    private static final int PATIENCE_MS = 15_000;

    private final String servers;
    private final String topic;
    private final Map<String, String> headers;
    private final Tally tally;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile boolean unreachable;

    /** @param headers of every record */
    KafkaDoor(String servers, String topic, Map<String, String> headers, Tally tally) {
        this.servers = servers;
        this.topic = topic;
        this.headers = headers;
        this.tally = tally;
        try {
            this.producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            servers,
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "leasehold-submit",
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                            1,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            PATIENCE_MS,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            2 * PATIENCE_MS,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            PATIENCE_MS),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Failure(
                    "--bootstrap-server: " + servers + " (expected: HOST:PORT[,HOST:PORT]; " + cause.getMessage() + ")",
                    e);
        }
    }

    @Override
    public void submit(Item item) {
        if (unreachable) {
            throw new Failure("the rest was not sent");
        }
        String id = item.task().id();
        byte[] key = id == null ? null : id.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, key, item.json());
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.US_ASCII)));
        producer.send(message, (metadata, failure) -> {
            if (failure == null) {
                tally.answered(item, new SubmitAnswer(id, null, null, null));
            } else {
                tally.refused(item.line(), why(failure));
            }
        });
    }

    private String why(Exception failure) {
        if (!(failure instanceof TimeoutException)) {
            return "Kafka did not take the task: " + failure.getMessage();
        }
        unreachable = true;
        return "no topic " + topic + " at " + servers + ": " + failure.getMessage()
                + "\nIs the broker up there, and has a coordinator started once? It makes the topic."
                + "\nFor both on this machine: leasehold standalone";
    }

    @Override
    public void close() {
        producer.close();
    }
}

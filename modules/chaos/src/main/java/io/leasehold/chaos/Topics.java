package io.leasehold.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.api.Json;
import io.leasehold.chaos.history.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the cluster tells the world, as any outside program would. */
final class Topics {
    private static final String ENDED = "leasehold.ended";
    private static final String REJECTED = "leasehold.rejected";
    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrapServers;

    Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** All ends told so far, copies included. */
    List<Event.Ended> ends() {
        List<Event.Ended> ends = new ArrayList<>();
        readAll(ENDED, message -> ends.add(ended(message)));
        return ends;
    }

    /** How many submissions were put aside as invalid. */
    long rejected() {
        long[] count = {0};
        readAll(REJECTED, message -> count[0]++);
        return count[0];
    }

    private void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    private static Event.Ended ended(ConsumerRecord<byte[], byte[]> message) {
        try {
            JsonNode end = Json.answers().readTree(message.value());
            return new Event.Ended(
                    end.path("id").asText(),
                    Integer.parseInt(header(message, "leasehold-shard")),
                    Long.parseLong(header(message, "leasehold-number")),
                    end.path("state").asText(),
                    end.path("cause").asText(),
                    end.path("failures").asInt(),
                    end.path("expiries").asInt(),
                    end.has("result") ? end.get("result").toString() : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

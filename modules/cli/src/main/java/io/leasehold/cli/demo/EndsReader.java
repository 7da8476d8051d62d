package io.leasehold.cli.demo;

import io.leasehold.api.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the topic of ended tasks from its beginning, on a thread of its own, as any outside program would. A shard and a
 * number name one end; copies of the same end are counted apart.
 */
final class EndsReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Thread thread = new Thread(this::follow, "ends-reader");
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Map<String, Map<String, Ended>> endsById = new HashMap<>();
    private long copies;
    private RuntimeException failure;

    private EndsReader(String servers, String topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "leasehold-demo",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        thread.setDaemon(true);
    }

    static EndsReader start(String servers, String topic) {
        EndsReader reader = new EndsReader(servers, topic);
        reader.thread.start();
        return reader;
    }

    /** How many tasks have ended. */
    synchronized int count() {
        if (failure != null) {
            throw failure;
        }
        return endsById.size();
    }

    /** Every end of every task by its name; one that is not ended is not there. */
    synchronized Map<String, List<Ended>> ends() {
        Map<String, List<Ended>> ends = new HashMap<>();
        endsById.forEach((id, named) -> ends.put(id, new ArrayList<>(named.values())));
        return ends;
    }

    /** Records that repeated an end told before. */
    synchronized long copies() {
        return copies;
    }

    @Override
    public void close() {
        closing.set(true);
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo info : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing.get()) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            // closed while waiting
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> message) {
        String name = header(message, "leasehold-shard") + "/" + header(message, "leasehold-number");
        Ended end = Json.readAnswer(message.value(), Ended.class);
        if (endsById.computeIfAbsent(end.id(), id -> new TreeMap<>()).put(name, end) != null) {
            copies++;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

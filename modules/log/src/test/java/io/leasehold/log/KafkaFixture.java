package io.leasehold.log;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What producers, consumers and operators outside of Leasehold do to a cluster. */
final class KafkaFixture implements AutoCloseable {
    final Admin admin;
    final KafkaProducer<byte[], byte[]> producer;
    private final String bootstrapServers;

    KafkaFixture(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = producer(Map.of());
    }

    KafkaProducer<byte[], byte[]> transactional(String id) {
        KafkaProducer<byte[], byte[]> made = producer(Map.of("transactional.id", id));
        made.initTransactions();
        return made;
    }

    /** One that sends what is small only as long as it is packed; it tries for a few seconds. */
    KafkaProducer<byte[], byte[]> packing(String codec, int maxRecordBytes) {
        return producer(Map.of(
                "compression.type",
                codec,
                "max.request.size",
                maxRecordBytes,
                "buffer.memory",
                2L * maxRecordBytes,
                "request.timeout.ms",
                5_000,
                "delivery.timeout.ms",
                6_000));
    }

    long send(String topic, int partition, byte[] key, byte[] value) throws Exception {
        return send(new ProducerRecord<>(topic, partition, key, value));
    }

    long send(String topic, int partition, String key, String value) throws Exception {
        return send(topic, partition, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    long send(ProducerRecord<byte[], byte[]> record) throws Exception {
        return producer.send(record).get(30, SECONDS).offset();
    }

    /** All records of a topic once there are so many, by partition and offset. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int partitions, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "isolation.level", "read_committed", "max.poll.records", 10_000);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long deadline = System.nanoTime() + SECONDS.toNanos(30);
            while (read.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            }
        }
        return read;
    }

    void deleteBefore(String topic, int partition, long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get(30, SECONDS);
    }

    void alter(String topic, String setting, String value) throws Exception {
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                .all()
                .get(30, SECONDS);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("linger.ms", 0);
        // The topics are new: a batch that overtook one which found no leader yet would be refused until that one
        // expires.
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("max.request.size", 4 << 20);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}

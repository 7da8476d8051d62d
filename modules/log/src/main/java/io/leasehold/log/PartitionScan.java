package io.leasehold.log;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** One partition as it lay there when this was made. Blocks until Kafka answers. Not thread-safe. */
public final class PartitionScan implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final TopicPartition partition;
    private final Consumer<byte[], byte[]> consumer;
    private final String bootstrapServers;
    private final Duration patience;
    private final long start;
    private final long end;

    /** Hears of records. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param appendTimeMs the broker's clock when it appended the record, if the topic keeps that
         * @param value never null
         */
        void record(long offset, long appendTimeMs, byte[] key, byte[] value, Headers headers);
    }

    PartitionScan(
            TopicPartition partition, Consumer<byte[], byte[]> consumer, String bootstrapServers, Duration patience) {
        this.partition = partition;
        this.consumer = consumer;
        this.bootstrapServers = bootstrapServers;
        this.patience = patience;
        try {
            consumer.assign(List.of(partition));
            start = consumer.beginningOffsets(Set.of(partition), patience).get(partition);
            end = consumer.endOffsets(Set.of(partition), patience).get(partition);
            consumer.seek(partition, start);
        } catch (RuntimeException e) {
            close();
            throw e instanceof KafkaException ? new KafkaUnreachable(bootstrapServers, patience, e) : e;
        }
    }

    /** The first offset that was there. */
    public long start() {
        return start;
    }

    /** The offset behind the last record that was there. */
    public long end() {
        return end;
    }

    /** Where the next record is read. */
    long position() {
        return consumer.position(partition);
    }

    /**
     * Tells the records from one offset on, up to but without another, in order.
     *
     * @throws RecordsDeleted if some of them were deleted since
     */
    public void read(long from, long to, Listener listener) {
        consumer.seek(partition, from);
        while (position() < to) {
            for (ConsumerRecord<byte[], byte[]> record : next()) {
                if (record.offset() < to) {
                    byte[] value = record.value() == null ? new byte[0] : record.value();
                    listener.record(record.offset(), record.timestamp(), record.key(), value, record.headers());
                }
            }
        }
    }

    /** Passes over what was deleted since. */
    void skipDeleted() {
        long now = consumer.beginningOffsets(Set.of(partition), patience).get(partition);
        consumer.seek(partition, Math.max(position(), now));
    }

    /** Some more records; none if there are only marks of transactions. */
    List<ConsumerRecord<byte[], byte[]>> next() {
        long before = position();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            ConsumerRecords<byte[], byte[]> records = poll();
            if (!records.isEmpty() || position() > before) {
                return records.records(partition);
            }
        }
        throw new KafkaUnreachable(
                bootstrapServers,
                patience,
                new KafkaException("no record of " + partition + " from " + before + " on"));
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            throw new RecordsDeleted(partition + ": the record at offset " + position()
                    + " was deleted while it was to be read (expected: all records up to the end)");
        }
    }

    @Override
    public void close() {
        KafkaClients.letGo(consumer);
    }
}

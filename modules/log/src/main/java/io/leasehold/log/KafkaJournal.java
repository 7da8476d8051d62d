package io.leasehold.log;

import io.leasehold.coordinator.port.Journal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard's journal: a partition written through a producer of its own and followed through a consumer of its own.
 * Called by the shard's loop; the listener hears of appends from the producer's I/O thread and of records from the
 * follower's.
 */
final class KafkaJournal implements Journal {
    private static final Logger log = LoggerFactory.getLogger(KafkaJournal.class);

    private final TopicPartition partition;
    private final KafkaClients clients;
    private final Producer<byte[], byte[]> producer;
    private final PartitionOffsets offsets;
    private final Deletions deletions;
    private final Listener listener;
    private volatile boolean closed;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private JournalFollower follower;

    KafkaJournal(
            TopicPartition partition,
            KafkaClients clients,
            Producer<byte[], byte[]> producer,
            PartitionOffsets offsets,
            Deletions deletions,
            Listener listener) {
        this.partition = partition;
        this.clients = clients;
        this.producer = producer;
        this.offsets = offsets;
        this.deletions = deletions;
        this.listener = listener;
    }

    @Override
    public void askBounds() {
        offsets.start(
                partition,
                () -> !closed,
                start -> offsets.end(partition, () -> !closed, end -> {
                    if (!closed) {
                        listener.onBounds(start, end);
                    }
                }));
    }

    @Override
    public void deleteBefore(long offset, long historyMs, long historyBytes) {
        deletions.before(partition, offset, historyMs, historyBytes);
    }

    @Override
    public void follow(long offset) {
        stopFollowing();
        follower =
                new JournalFollower(partition, offset, () -> clients.journalConsumer(partition.partition()), listener);
        follower.start();
    }

    @Override
    public void taken() {
        if (follower != null) {
            follower.taken();
        }
    }

    @Override
    public void stopFollowing() {
        if (follower != null) {
            follower.stop();
            follower = null;
        }
    }

    @Override
    public void append(byte[] value) {
        if (failure.get() != null) {
            listener.onAppendFailed(new IllegalStateException(
                    "journal " + partition + ": failed before (expected: open a new one after a failure)",
                    failure.get()));
            return;
        }
        try {
            producer.send(
                    new ProducerRecord<>(partition.topic(), partition.partition(), null, value), this::onCompletion);
        } catch (KafkaException | IllegalStateException e) {
            fail(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        stopFollowing();
        producer.close(Duration.ZERO);
    }

    private void onCompletion(RecordMetadata metadata, Exception exception) {
        if (exception != null) {
            fail(exception);
        } else if (!metadata.hasOffset()) {
            fail(new KafkaException("journal " + partition + ": acknowledged without an offset, as a repeated append"));
        } else if (!closed) {
            listener.onAppended(metadata.offset(), metadata.timestamp());
        }
    }

    /** From here on nothing is sent: a later append could land though this one did not. */
    private void fail(Exception cause) {
        if (closed || !failure.compareAndSet(null, cause)) {
            return;
        }
        log.warn("journal {}: an append failed, its outcome is unknown: {}", partition, cause.toString());
        listener.onAppendFailed(cause);
        producer.close(Duration.ZERO);
    }
}

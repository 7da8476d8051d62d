package io.leasehold.log;

import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.coordinator.port.RecordsLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads one journal from an offset on, in a thread of its own, until told to stop. It tells where the log ends with every
 * batch, and asks for the end when there is no news: an empty log is told at once. A broker that is away is waited for. A log
 * that was cut off, or holds other records now where some were read, is told as {@link RecordsLost}.
 */
final class JournalFollower {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK_END = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final int BATCHES_AHEAD = 8;
    private static final byte[] NOTHING = new byte[0];

    private final TopicPartition partition;
    private final long offset;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Journal.Listener listener;
    private final Semaphore ahead = new Semaphore(BATCHES_AHEAD);
    private volatile boolean stopped;
    private volatile Consumer<byte[], byte[]> consumer;

    JournalFollower(
            TopicPartition partition,
            long offset,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Journal.Listener listener) {
        this.partition = partition;
        this.offset = offset;
        this.consumers = consumers;
        this.listener = listener;
    }

    void start() {
        Thread thread = new Thread(this::run, "leasehold-follow-" + partition.partition());
        thread.setDaemon(true);
        thread.start();
    }

    /** A batch was folded: another one may be told. */
    void taken() {
        ahead.release();
    }

    /** Returns at once; a batch that is being told is told to its end. */
    void stop() {
        stopped = true;
        ahead.release();
        Consumer<byte[], byte[]> running = consumer;
        if (running != null) {
            running.wakeup();
        }
    }

    private void run() {
        try {
            consumer = consumers.get();
            consumer.assign(Set.of(partition));
            consumer.seek(partition, offset);
            tellEnd();
            while (!stopped) {
                turn();
            }
        } catch (WakeupException e) {
            // told to stop
        } catch (OffsetOutOfRangeException e) {
            if (!stopped) {
                listener.onJournalFailed(judged(e));
            }
        } catch (RuntimeException e) {
            if (!stopped) {
                listener.onJournalFailed(e);
            }
        } finally {
            KafkaClients.letGo(consumer);
        }
    }

    private void turn() {
        ConsumerRecords<byte[], byte[]> records = poll();
        if (records.isEmpty()) {
            tellEnd();
            return;
        }
        ahead.acquireUninterruptibly();
        if (!stopped) {
            long next = records.nextOffsets().get(partition).offset();
            listener.onRecords(
                    offset,
                    copied(records),
                    next + consumer.currentLag(partition).orElse(0));
        }
    }

    /** Below the log's start: deleted before they were read. Above its end, or diverged: they were there, and are not. */
    private RuntimeException judged(OffsetOutOfRangeException e) {
        Long position = e.offsetOutOfRangePartitions().get(partition);
        if (position == null) {
            return e;
        }
        if (e instanceof LogTruncationException) {
            return new RecordsLost(
                    "other records stand before offset " + position + " than were read there (expected: the same)", e);
        }
        try {
            long end = consumer.endOffsets(Set.of(partition), ASK_END).get(partition);
            return end >= position
                    ? e
                    : new RecordsLost(
                            "ends at offset " + end + " (expected: at least " + position + ", up to where it was read)",
                            e);
        } catch (KafkaException unknown) {
            return e;
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            if (e instanceof RetriableException) {
                LockSupport.parkNanos(RETRY.toNanos());
                return ConsumerRecords.empty();
            }
            throw e;
        }
    }

    /** An answer counts only if it was given now: what the consumer remembers of the end may be old. */
    private void tellEnd() {
        if (stopped) {
            return;
        }
        try {
            long end = consumer.endOffsets(Set.of(partition), ASK_END).get(partition);
            ahead.acquireUninterruptibly();
            listener.onRecords(offset, List.of(), end);
        } catch (TimeoutException e) {
            // the broker is away: there is nothing to tell
        }
    }

    private List<JournalRecord> copied(ConsumerRecords<byte[], byte[]> records) {
        List<JournalRecord> copied = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
            copied.add(new JournalRecord(
                    record.offset(), record.timestamp(), record.value() == null ? NOTHING : record.value()));
        }
        return copied;
    }
}

package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the inboxes of all shards of this process through one consumer, in one thread. What others want of it are commands
 * that this thread runs between two polls. A shard's partition is paused while a batch of it waits to be asked for.
 */
final class InboxReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InboxReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration POLL_ALONE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(100);

    /** Until an inbox is tried again that could not be read, such as for want of a permission. */
    private static final Duration REST = Duration.ofSeconds(15);

    private final Consumer<byte[], byte[]> consumer;
    private final SubmissionSorter sorter;
    private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
    private final Map<TopicPartition, InboxShard> shards = new HashMap<>();
    /** Those that could not be read, and when they are tried again, by {@link System#nanoTime}. */
    private final Map<InboxShard, Long> resting = new HashMap<>();

    private final Duration rest;
    private volatile boolean polling;
    private volatile boolean closed;

    InboxReader(Consumer<byte[], byte[]> consumer, SubmissionSorter sorter) {
        this(consumer, sorter, REST);
    }

    InboxReader(Consumer<byte[], byte[]> consumer, SubmissionSorter sorter, Duration rest) {
        this.consumer = consumer;
        this.sorter = sorter;
        this.rest = rest;
    }

    void start() {
        Thread thread = new Thread(this::run, "leasehold-inbox");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a command on this reader's thread; if it throws, that shard's inbox rests for a while. From any thread. */
    void execute(InboxShard shard, Runnable command) {
        commands.add(() -> {
            try {
                command.run();
            } catch (RuntimeException e) {
                log.error("inbox {}: failed", shard.partition(), e);
                shard.rest(e);
            }
        });
        wake();
    }

    @Override
    public void close() {
        closed = true;
        commands.add(() -> {});
        wake();
    }

    // ---- the rest runs on this reader's thread

    /** @param leaderEpoch of the record before the position; with it, the consumer finds out that others lie there now */
    void assign(InboxShard shard, long position, int leaderEpoch) {
        InboxShard before = shards.put(shard.partition(), shard);
        if (before != null) {
            before.fail(new IllegalStateException(
                    "inbox " + shard.partition() + ": opened again (expected: closed before)"));
        }
        consumer.assign(shards.keySet());
        Optional<Integer> epoch = leaderEpoch < 0 ? Optional.empty() : Optional.of(leaderEpoch);
        consumer.seek(shard.partition(), new OffsetAndMetadata(position, epoch, ""));
    }

    void rest(InboxShard shard) {
        release(shard);
        resting.put(shard, System.nanoTime() + rest.toNanos());
    }

    long restMs() {
        return rest.toMillis();
    }

    private void tryAgain() {
        for (Map.Entry<InboxShard, Long> one : List.copyOf(resting.entrySet())) {
            if (System.nanoTime() - one.getValue() >= 0) {
                resting.remove(one.getKey());
                one.getKey().tryAgain();
            }
        }
    }

    void release(InboxShard shard) {
        resting.remove(shard);
        if (shards.remove(shard.partition(), shard)) {
            consumer.assign(shards.keySet());
        }
    }

    InboxBatch sort(List<ConsumerRecord<byte[], byte[]>> records, long afterMs) {
        return sorter.sort(records, afterMs);
    }

    ProducerRecord<byte[], byte[]> rejected(Arrival arrival, String reason) {
        return sorter.rejected(arrival, reason);
    }

    /** Sends the copies and runs {@code then} here once all are acknowledged. */
    void settle(InboxShard shard, List<ProducerRecord<byte[], byte[]>> copies, Runnable then) {
        shard.outbox().sendAll(copies, () -> !shard.isOver() && !closed, () -> execute(shard, then));
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (RuntimeException e) {
                log.error("inboxes: the reader failed", e);
                List.copyOf(shards.values()).forEach(shard -> shard.rest(e));
            }
        }
        KafkaClients.letGo(consumer);
    }

    private void turn() {
        runCommands();
        tryAgain();
        if (select()) {
            fetch();
        } else {
            awaitCommand();
        }
    }

    private void runCommands() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    private void awaitCommand() {
        try {
            Runnable command = commands.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
            if (command != null) {
                command.run();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void wake() {
        if (polling) {
            consumer.wakeup();
        }
    }

    /** Pauses the shards that have enough; whether any wants more. */
    private boolean select() {
        List<TopicPartition> wanting = new ArrayList<>();
        List<TopicPartition> full = new ArrayList<>();
        for (InboxShard shard : shards.values()) {
            (shard.wantsMore() ? wanting : full).add(shard.partition());
        }
        consumer.pause(full);
        consumer.resume(wanting);
        return !wanting.isEmpty();
    }

    private void fetch() {
        try {
            ConsumerRecords<byte[], byte[]> records = poll(POLL);
            accept(records);
            noticeReadable();
            noticeEnds(records);
        } catch (OffsetOutOfRangeException e) {
            e.partitions().forEach(partition -> outOfRange(partition, e));
        } catch (KafkaException e) {
            fetchOneByOne(e);
        }
    }

    /** The exception does not say which partition it is about: one shard's trouble is its own, so each is tried alone. */
    private void fetchOneByOne(KafkaException first) {
        log.warn("inboxes: a fetch failed, each is tried alone: {}", first.toString());
        for (InboxShard shard : List.copyOf(shards.values())) {
            consumer.pause(shards.keySet());
            consumer.resume(List.of(shard.partition()));
            try {
                accept(poll(POLL_ALONE));
            } catch (OffsetOutOfRangeException e) {
                outOfRange(shard.partition(), e);
            } catch (KafkaException e) {
                log.warn("inbox {}: cannot be read for now: {}", shard.partition(), e.toString());
                shard.rest(e);
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        polling = true;
        try {
            return commands.isEmpty() ? consumer.poll(patience) : ConsumerRecords.empty();
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } catch (KafkaException e) {
            if (e instanceof RetriableException) {
                LockSupport.parkNanos(RETRY.toNanos());
                return ConsumerRecords.empty();
            }
            throw e;
        } finally {
            polling = false;
        }
    }

    private void accept(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((partition, next) -> {
            InboxShard shard = shards.get(partition);
            if (shard != null) {
                long end = next.offset() + consumer.currentLag(partition).orElse(0);
                int epoch = next.leaderEpoch().orElse(-1);
                execute(shard, () -> shard.onFetched(records.records(partition), next.offset(), epoch, end));
            }
        });
    }

    /** An answer to a fetch says how far behind it is; before the first one since it was assigned nobody knows. */
    private void noticeReadable() {
        for (InboxShard shard : shards.values()) {
            if (shard.isUnreadable() && consumer.currentLag(shard.partition()).isPresent()) {
                shard.onReadable();
            }
        }
    }

    /** Whoever has asked for more for a while, and got none, stood at the end as of the last answer. */
    private void noticeEnds(ConsumerRecords<byte[], byte[]> news) {
        long nowMs = monotonicMs();
        for (InboxShard shard : shards.values()) {
            boolean isAtEnd = !news.partitions().contains(shard.partition())
                    && consumer.currentLag(shard.partition()).orElse(-1) == 0;
            shard.looked(nowMs, isAtEnd);
        }
    }

    /** As all of this process reckons. */
    static long monotonicMs() {
        return System.nanoTime() / 1_000_000;
    }

    private void outOfRange(TopicPartition partition, OffsetOutOfRangeException cause) {
        InboxShard shard = shards.get(partition);
        if (shard != null) {
            shard.fail(cause instanceof LogTruncationException cut ? cutOff(partition, cut) : cause);
        }
    }

    private static Exception cutOff(TopicPartition partition, LogTruncationException cause) {
        OffsetAndMetadata known = cause.divergentOffsets().get(partition);
        return new IllegalStateException(
                "inbox " + partition + " position: "
                        + cause.offsetOutOfRangePartitions().get(partition) + " (expected: at most "
                        + (known == null
                                ? "where its leader epoch ends"
                                : known.offset() + ", where its leader epoch ends")
                        + "): submissions were lost, and others lie in their place",
                cause);
    }
}

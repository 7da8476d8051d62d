package io.leasehold.cli.bench;

import io.leasehold.cli.http.Coordinator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How long the journal is: as its owner counts it, and as it lies in the broker. */
final class SoakJournal {
    private static final String TOPIC = "leasehold.journal";
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MS = 1_000;
    /** Of a record beside its value, as the owner counts it too. */
    private static final int OVERHEAD_BYTES = 70;

    private final BenchCluster cluster;
    private final List<TopicPartition> partitions;

    SoakJournal(BenchCluster cluster, int shards) {
        this.cluster = cluster;
        this.partitions = IntStream.range(0, shards)
                .mapToObj(shard -> new TopicPartition(TOPIC, shard))
                .toList();
    }

    /** Waits until nothing has been carried or deleted for so long. */
    void awaitRest(long restMs, Runnable progress) throws InterruptedException {
        Object last = null;
        long sinceNanos = System.nanoTime();
        while (System.nanoTime() - sinceNanos < TimeUnit.MILLISECONDS.toNanos(restMs)) {
            Object now = signsOfLife();
            if (!now.equals(last)) {
                last = now;
                sinceNanos = System.nanoTime();
            }
            progress.run();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private Object signsOfLife() {
        Scrape scrape = scrape();
        List<Double> carried = partitions.stream()
                .map(one -> scrape.ofShard("leasehold_journal_carried_bytes_total", one.partition()))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return List.of(carried, consumer.beginningOffsets(partitions));
        }
    }

    List<SoakFigures.Shard> shards() {
        Scrape scrape = scrape();
        List<SoakFigures.Shard> shards = new ArrayList<>();
        for (TopicPartition one : partitions) {
            int shard = one.partition();
            shards.add(new SoakFigures.Shard(
                    shard,
                    (long) scrape.ofShard("leasehold_journal_live_bytes", shard),
                    (long) scrape.ofShard("leasehold_journal_replay_bytes", shard),
                    bytes(one),
                    (long) scrape.ofShard("leasehold_journal_written_bytes_total", shard),
                    (long) scrape.ofShard("leasehold_journal_carried_bytes_total", shard),
                    (long) scrape.ofShard("leasehold_tasks_remembered", shard),
                    0));
        }
        return shards;
    }

    List<SoakFigures.Shard> withReplays(Collection<SoakFigures.Shard> shards) {
        Scrape scrape = scrape();
        return shards.stream()
                .map(one -> one.replayedIn(scrape.ofShard("leasehold_shard_replay_seconds_sum", one.shard())))
                .toList();
    }

    private Scrape scrape() {
        return Scrape.of(Coordinator.at(cluster.alive().get(0).url(), ANSWER_TIMEOUT));
    }

    private long bytes(TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> one = List.of(partition);
            consumer.assign(one);
            consumer.seekToBeginning(one);
            long end = consumer.endOffsets(one).get(partition);
            long bytes = 0;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    bytes += record.serializedValueSize() + OVERHEAD_BYTES;
                }
            }
            return bytes;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}

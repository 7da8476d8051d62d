package io.leasehold.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients, each with the settings that its part needs. Thread-safe. */
final class KafkaClients {
    private static final AtomicLong NUMBER = new AtomicLong();

    /** A client that sends nothing for a long time must not have to ask for its topic first. */
    private static final long METADATA_KEPT_MS = Duration.ofDays(365).toMillis();

    /** How long a send may block, which it does only where the topic's metadata was never fetched. */
    private static final int MAX_BLOCK_MS = 1_000;

    /**
     * With more, a partition that gets its leader between two requests of a new producer takes the second and refuses the
     * first for ever after, as out of sequence. What waits meanwhile goes as one batch.
     */
    private static final int ONE_AT_A_TIME = 1;

    private static final int GATHER_BYTES = 128 << 10;

    private static final int RECONNECT_MS = 50;
    private static final int RECONNECT_MAX_MS = 1_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int REQUEST_OVERHEAD = 64 << 10;

    private final LogOptions options;

    KafkaClients(LogOptions options) {
        this.options = options;
    }

    Admin admin() {
        Map<String, Object> settings = shared("admin");
        settings.putAll(options.admin());
        settings.put("default.api.timeout.ms", (int) options.connectTimeout().toMillis());
        settings.putIfAbsent("request.timeout.ms", (int)
                Math.min(REQUEST_TIMEOUT_MS, options.connectTimeout().toMillis()));
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            throw new KafkaUnreachable(
                    options.bootstrapServers(), options.connectTimeout(), e.getCause() == null ? e : e.getCause());
        }
    }

    /** For records that the brokers may take up to the given size; a send fails when the append time-out is over. */
    Producer<byte[], byte[]> producer(String purpose, int maxMessageBytes) {
        return producer(purpose, maxMessageBytes, Map.of("linger.ms", 0));
    }

    /** The same for records that are held back for some milliseconds, to go together. */
    Producer<byte[], byte[]> gatheringProducer(String purpose, int maxMessageBytes, int gatherMs) {
        return producer(purpose, maxMessageBytes, Map.of("linger.ms", gatherMs, "batch.size", GATHER_BYTES));
    }

    private Producer<byte[], byte[]> producer(String purpose, int maxMessageBytes, Map<String, Object> batching) {
        Map<String, Object> settings = shared(purpose);
        int appendMs = (int) options.appendTimeout().toMillis();
        settings.putAll(batching);
        settings.put("max.block.ms", MAX_BLOCK_MS);
        settings.put("metadata.max.idle.ms", METADATA_KEPT_MS);
        settings.put("max.request.size", maxMessageBytes + REQUEST_OVERHEAD);
        settings.put("request.timeout.ms", Math.max(1, appendMs / 2));
        settings.putAll(options.producer());
        settings.put("max.in.flight.requests.per.connection", ONE_AT_A_TIME);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("delivery.timeout.ms", appendMs);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Follows a journal: large fetches, everything up to the high watermark. */
    Consumer<byte[], byte[]> journalConsumer(int shard) {
        Map<String, Object> settings = consumer("journal-reader-" + shard);
        settings.put("max.poll.records", 5_000);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        return consumer(settings, "read_uncommitted");
    }

    /**
     * Reads all inboxes. A partition that joins the fetch waits for the fetch under way, which waits for the partitions
     * without news: that wait is kept short.
     */
    Consumer<byte[], byte[]> inboxConsumer() {
        Map<String, Object> settings = consumer("inbox");
        settings.put("max.poll.records", InboxShard.MAX_RECORDS);
        settings.put("max.partition.fetch.bytes", InboxShard.MAX_BYTES);
        settings.put("fetch.max.wait.ms", 50);
        return consumer(settings, "read_committed");
    }

    /** Closes a consumer, if there is one, without waiting for brokers that may be away. */
    static void letGo(Consumer<byte[], byte[]> consumer) {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private Map<String, Object> consumer(String purpose) {
        Map<String, Object> settings = shared(purpose);
        settings.put("fetch.min.bytes", 1);
        return settings;
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> settings, String isolation) {
        settings.putAll(options.consumer());
        settings.put("isolation.level", isolation);
        settings.put("auto.offset.reset", "none");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> shared(String purpose) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", options.bootstrapServers());
        settings.put("client.id", "leasehold-" + purpose + "-" + NUMBER.incrementAndGet());
        settings.put("reconnect.backoff.ms", RECONNECT_MS);
        settings.put("reconnect.backoff.max.ms", RECONNECT_MAX_MS);
        settings.put("enable.metrics.push", false);
        return settings;
    }
}

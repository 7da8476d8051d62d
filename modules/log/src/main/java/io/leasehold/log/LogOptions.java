package io.leasehold.log;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Which Kafka, which topics, and how to reach them.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param topicPrefix what the topics' names begin with
 * @param shards how many partitions the inbox and the journal have
 * @param replicationFactor how many copies a topic made here gets, and the fewest that one found here may have; 1 says
 *     that this cluster is meant to have no copies
 * @param appendTimeout how long an append may take until its outcome counts as unknown
 * @param connectTimeout how long Kafka may be out of reach when something is opened
 * @param producer further settings of all producers
 * @param consumer further settings of all consumers
 * @param admin further settings of the admin client
 */
public record LogOptions(
        String bootstrapServers,
        String topicPrefix,
        int shards,
        int replicationFactor,
        Duration appendTimeout,
        Duration connectTimeout,
        Map<String, String> producer,
        Map<String, String> consumer,
        Map<String, String> admin) {

    public static final String TOPIC_PREFIX = "leasehold";
    public static final Duration APPEND_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /** What the guarantees rest on. */
    private static final Set<String> FIXED_PRODUCER = Set.of(
            "bootstrap.servers",
            "acks",
            "enable.idempotence",
            "transactional.id",
            "retries",
            "max.in.flight.requests.per.connection",
            "delivery.timeout.ms",
            "key.serializer",
            "value.serializer",
            "interceptor.classes",
            "client.id");

    private static final Set<String> FIXED_CONSUMER = Set.of(
            "bootstrap.servers",
            "group.id",
            "group.instance.id",
            "auto.offset.reset",
            "enable.auto.commit",
            "isolation.level",
            "allow.auto.create.topics",
            "key.deserializer",
            "value.deserializer",
            "interceptor.classes",
            "client.id");

    private static final Set<String> FIXED_ADMIN = Set.of("bootstrap.servers", "default.api.timeout.ms", "client.id");

    public LogOptions {
        require(!bootstrapServers.isBlank(), "bootstrap.servers", bootstrapServers, "host:port,...");
        require(topicPrefix.matches("[A-Za-z0-9._-]{1,200}"), "topic.prefix", topicPrefix, "letters, digits, . _ -");
        require(shards >= 1 && shards <= 10_000, "shards", shards, "1 to 10000");
        require(replicationFactor >= 1, "replication.factor", replicationFactor, "1 or more");
        require(appendTimeout.toMillis() >= 100, "append.timeout.ms", appendTimeout.toMillis(), "100 or more");
        require(connectTimeout.toMillis() >= 100, "connect.timeout.ms", connectTimeout.toMillis(), "100 or more");
        producer = checked("producer.", producer, ProducerConfig.configNames(), FIXED_PRODUCER);
        consumer = checked("consumer.", consumer, ConsumerConfig.configNames(), FIXED_CONSUMER);
        admin = checked("admin.", admin, AdminClientConfig.configNames(), FIXED_ADMIN);
    }

    /** The given cluster with default names and times and no further settings. */
    public static LogOptions of(String bootstrapServers, int shards, int replicationFactor) {
        return new LogOptions(
                bootstrapServers,
                TOPIC_PREFIX,
                shards,
                replicationFactor,
                APPEND_TIMEOUT,
                CONNECT_TIMEOUT,
                Map.of(),
                Map.of(),
                Map.of());
    }

    public LogOptions withTopicPrefix(String topicPrefix) {
        return new LogOptions(
                bootstrapServers,
                topicPrefix,
                shards,
                replicationFactor,
                appendTimeout,
                connectTimeout,
                producer,
                consumer,
                admin);
    }

    public LogOptions withTimeouts(Duration appendTimeout, Duration connectTimeout) {
        return new LogOptions(
                bootstrapServers,
                topicPrefix,
                shards,
                replicationFactor,
                appendTimeout,
                connectTimeout,
                producer,
                consumer,
                admin);
    }

    /** For topics that were found to be so, whatever was set. */
    public LogOptions withTopics(int shards, int replicationFactor) {
        return new LogOptions(
                bootstrapServers,
                topicPrefix,
                shards,
                replicationFactor,
                appendTimeout,
                connectTimeout,
                producer,
                consumer,
                admin);
    }

    TopicNames topics() {
        return TopicNames.of(topicPrefix);
    }

    private static Map<String, String> checked(
            String kind, Map<String, String> settings, Set<String> known, Set<String> fixed) {
        settings.forEach((name, value) -> {
            require(known.contains(name), kind + name, value, "a setting that Kafka knows");
            require(!fixed.contains(name), kind + name, value, "not set: Leasehold chooses it");
        });
        return Map.copyOf(settings);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

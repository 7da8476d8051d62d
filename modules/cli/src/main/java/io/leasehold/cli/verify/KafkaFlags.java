package io.leasehold.cli.verify;

import io.leasehold.log.LogOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Option;

/** The options that say which Kafka, which topics and how to reach them, for commands that go to Kafka themselves. */
final class KafkaFlags {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Where Kafka is (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = LogOptions.TOPIC_PREFIX,
            description = "What the topics' names begin with, as set for the coordinators (default: ${DEFAULT-VALUE}).")
    private String topicPrefix;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "A properties file with further settings of Kafka's clients, such as security.protocol.")
    private Path clientConfig;

    String bootstrapServers() {
        return bootstrapServers;
    }

    String topicPrefix() {
        return topicPrefix;
    }

    /** @throws IllegalArgumentException if the file cannot be read */
    Map<String, String> client() throws IOException {
        Properties properties = new Properties();
        if (clientConfig != null) {
            if (!Files.isReadable(clientConfig)) {
                throw new IllegalArgumentException(
                        "--client-config: " + clientConfig + " (expected: a properties file that can be read)");
            }
            try (Reader reader = Files.newBufferedReader(clientConfig)) {
                properties.load(reader);
            }
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> !"bootstrap.servers".equals(name))
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /**
     * What all of these come to.
     *
     * @throws IllegalArgumentException if the file cannot be read, or a setting is not one that Kafka's clients know
     */
    LogOptions logOptions() throws IOException {
        return logOptions(bootstrapServers, topicPrefix, client());
    }

    /** Each client gets the settings that it knows; what none knows is named as one of the consumer's. */
    static LogOptions logOptions(String bootstrapServers, String topicPrefix, Map<String, String> client) {
        Map<String, String> consumer = new HashMap<>(client);
        consumer.keySet()
                .removeIf(name ->
                        isOf(AdminClientConfig.configNames(), name) || isOf(ProducerConfig.configNames(), name));
        return new LogOptions(
                bootstrapServers,
                topicPrefix,
                1,
                1,
                LogOptions.APPEND_TIMEOUT,
                CONNECT_TIMEOUT,
                known(client, ProducerConfig.configNames()),
                consumer,
                known(client, AdminClientConfig.configNames()));
    }

    private static boolean isOf(Set<String> known, String name) {
        return known.contains(name) && !ConsumerConfig.configNames().contains(name);
    }

    private static Map<String, String> known(Map<String, String> client, Set<String> names) {
        Map<String, String> known = new HashMap<>(client);
        known.keySet().retainAll(names);
        return known;
    }
}

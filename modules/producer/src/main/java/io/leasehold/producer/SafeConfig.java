package io.leasehold.producer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The user's Kafka configuration, with what a task must not go without. */
final class SafeConfig {
    private static final Map<String, String> REQUIRED = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false");

    private SafeConfig() {}

    /** @throws IllegalArgumentException if the user asks for something that could lose a task or put it elsewhere */
    static Map<String, Object> of(Map<String, ?> config) {
        Map<String, Object> safe = new HashMap<>(config);
        REQUIRED.forEach((key, value) -> require(safe, key, value));
        Object partitioner = config.get(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        if (partitioner != null) {
            throw new IllegalArgumentException(ProducerConfig.PARTITIONER_CLASS_CONFIG + ": " + partitioner
                    + " (expected: not set, for a task belongs where Kafka's default puts its id)");
        }
        // More would let a batch overtake one that found no leader yet, on a partition that has just been made; until
        // the
        // first expires, the broker then refuses all that follow as out of order.
        safe.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        safe.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        safe.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return safe;
    }

    private static void require(Map<String, Object> config, String key, String value) {
        Object given = config.putIfAbsent(key, value);
        boolean same = given == null || value.equals(given.toString()) || "all".equals(value) && "-1".equals(given);
        if (!same) {
            throw new IllegalArgumentException(key + ": " + given + " (expected: " + value + ")");
        }
    }
}

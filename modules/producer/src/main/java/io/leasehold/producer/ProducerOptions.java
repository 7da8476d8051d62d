package io.leasehold.producer;

import io.leasehold.api.Limits;
import io.leasehold.api.PayloadCodec;

/**
 * @param topicPrefix the coordinators' {@code topic.prefix}; the topic is the prefix and {@code .tasks}
 * @param codec how payloads are written
 * @param maxTaskBytes how large a task may be; the coordinators refuse more than half of what Kafka's messages may be
 */
public record ProducerOptions(String topicPrefix, PayloadCodec codec, int maxTaskBytes) {
    /** Kafka's default for {@code max.message.bytes}. */
    private static final int MAX_MESSAGE_BYTES = 1_048_588;

    public static final ProducerOptions DEFAULT =
            new ProducerOptions("leasehold", PayloadCodec.jackson(), Limits.maxTaskBytes(MAX_MESSAGE_BYTES));

    public ProducerOptions {
        if (!topicPrefix.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException("topicPrefix: " + topicPrefix + " (expected: letters, digits, . _ -)");
        }
        if (maxTaskBytes < 1) {
            throw new IllegalArgumentException("maxTaskBytes: " + maxTaskBytes + " (expected: at least 1)");
        }
    }

    public ProducerOptions withTopicPrefix(String prefix) {
        return new ProducerOptions(prefix, codec, maxTaskBytes);
    }

    public ProducerOptions withCodec(PayloadCodec codec) {
        return new ProducerOptions(topicPrefix, codec, maxTaskBytes);
    }

    public ProducerOptions withMaxTaskBytes(int bytes) {
        return new ProducerOptions(topicPrefix, codec, bytes);
    }

    String topic() {
        return topicPrefix + ".tasks";
    }
}

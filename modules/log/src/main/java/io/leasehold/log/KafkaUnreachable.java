package io.leasehold.log;

import java.time.Duration;

/** Kafka gave no answer; the message names the setting, the address, and how long was waited. */
public final class KafkaUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KafkaUnreachable(String bootstrapServers, Duration waited, Throwable cause) {
        super(
                "bootstrap.servers: " + bootstrapServers + " (expected: a Kafka cluster that answers within "
                        + waited.toSeconds() + " s): " + cause.getMessage(),
                cause);
    }
}

package io.leasehold.log;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract against the public image of Kafka; skipped where there is no Docker. A name that begins with {@code Test}
 * would make it a unit test as well.
 */
@Testcontainers(disabledWithoutDocker = true)
class DockerLogIT extends TopicsContract {
    /** Of the brokers that the forked one is of, too. */
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.4.0");

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer(IMAGE);

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}

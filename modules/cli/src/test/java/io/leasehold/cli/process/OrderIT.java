package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.cli.local.CoordinatorChild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OrderIT {
    private static final String QUEUE = "order";
    private static final int SHARD = 2;
    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    /** Order is per shard: all ids have the same home. */
    @Test
    void tasksOfAPlainKafkaProducerRunByPriorityThenDeadlineThenArrival() throws Exception {
        long soon = System.currentTimeMillis() + 600_000;
        Map<String, String> fields = Map.of(
                "low",
                "\"priority\":-3",
                "plain",
                "\"payload\":{\"n\":1}",
                "later",
                "\"deadline\":" + (soon + 1_000),
                "sooner",
                "\"deadline\":" + soon,
                "high",
                "\"priority\":9",
                "high-sooner",
                "\"priority\":9,\"deadline\":" + soon);
        List<String> written = List.of("low", "plain", "later", "sooner", "high", "high-sooner");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", pair.cluster().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (String name : written) {
                String value = "{\"queue\":\"" + QUEUE + "\"," + fields.get(name) + "}";
                producer.send(new ProducerRecord<>("leasehold.tasks", Homes.idAt(SHARD, name), value))
                        .get();
            }
        }
        CoordinatorChild owner = pair.ownerOf(SHARD, Wire.to(pair.alive().get(0)));
        Wire wire = Wire.to(owner);
        for (String name : written) {
            Awaitility.await()
                    .until(() -> wire.getForAnswer(Homes.idAt(SHARD, name)).statusCode() == 200);
        }

        List<String> ran = new ArrayList<>();
        for (Grant grant : wire.poll("w", QUEUE, 10, 2_000)) {
            ran.add(grant.task().id());
            wire.succeed("w", grant.lease(), new String(grantedPayload(grant), StandardCharsets.UTF_8));
        }

        assertThat(ran)
                .containsExactlyElementsOf(List.of("high-sooner", "high", "sooner", "later", "plain", "low").stream()
                        .map(name -> Homes.idAt(SHARD, name))
                        .toList());
        assertThat(wire.get(Homes.idAt(SHARD, "plain")).result()).hasToString("{\"n\":1}");
    }

    private static byte[] grantedPayload(Grant grant) {
        byte[] payload = grant.task().payload();
        return payload.length == 0 ? "null".getBytes(StandardCharsets.UTF_8) : payload;
    }
}

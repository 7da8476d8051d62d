package io.leasehold.server;

import static io.leasehold.server.testkit.Questions.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.EmbeddedZooKeeper;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.embedded.ZooKeeperOptions;
import io.leasehold.server.config.ConfigSources;
import io.leasehold.server.testkit.Web;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whole coordinators against a real Kafka and a real ZooKeeper; each test has topics and a root of its own. */
abstract class CoordinatorCase {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    static ForkedBroker broker;
    private static EmbeddedZooKeeper zooKeeper;

    final String cluster = "it" + CLUSTERS.incrementAndGet();
    private final List<CoordinatorProcess> running = new ArrayList<>();

    @BeforeAll
    static void startServers() throws Exception {
        zooKeeper = new EmbeddedZooKeeper(ZooKeeperOptions.in(directory.resolve("zookeeper"))
                .withTickMs(500, 1_000)
                .withoutFsync());
        zooKeeper.start();
        broker = new ForkedBroker(
                BrokerOptions.in(directory.resolve("kafka")).withJvmOptions(BrokerOptions.QUICK_START));
        broker.start();
    }

    @AfterAll
    static void stopServers() {
        broker.close();
        zooKeeper.close();
    }

    @AfterEach
    void stopCoordinators() {
        running.forEach(CoordinatorProcess::close);
    }

    CoordinatorProcess startAndAwait(String id) {
        CoordinatorProcess process = start(id);
        Web web = new Web(process.url());
        await().atMost(LONG).until(() -> active(web) == 4);
        assertThat(web.get("/readyz").text()).contains("[+] shard 3");
        return process;
    }

    CoordinatorProcess start(String id, String... settings) {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "coordinator.id",
                id,
                "listen.port",
                "0",
                "bootstrap.servers",
                broker.bootstrapServers(),
                "zookeeper.connect",
                zooKeeper.connectString(),
                "zookeeper.root",
                "/" + cluster,
                "zookeeper.session.ms",
                "4000",
                "topic.prefix",
                cluster,
                "topic.replication.factor",
                "1",
                "topic.check.interval.ms",
                "200",
                "cluster.keys",
                "k1:MDEyMzQ1Njc4OWFiY2RlZg=="));
        for (int i = 0; i < settings.length; i += 2) {
            overrides.put(settings[i], settings[i + 1]);
        }
        CoordinatorProcess process = CoordinatorProcess.start(
                new ConfigSources().overrides(overrides).read());
        running.add(process);
        return process;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(KafkaProducer<byte[], byte[]> producer, String key, String value) throws Exception {
        producer.send(new ProducerRecord<>(
                        cluster + ".tasks",
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }
}

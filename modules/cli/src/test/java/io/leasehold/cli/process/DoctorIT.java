package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.core.task.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is right, then with one thing after the other broken; {@code top} looks at the same one. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorIT {
    @TempDir
    private static Path directory;

    private static LocalCluster cluster;
    private static CoordinatorChild first;

    @BeforeAll
    static void start() throws IOException {
        cluster = new LocalCluster(directory, Map.of());
        cluster.start();
        first = cluster.launch("c1", Map.of());
        CoordinatorChild second = cluster.launch("c2", Map.of());
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void nothingIsWrongWithAClusterThatIsRight() throws IOException {
        Map<String, JsonNode> findings = awaitVerdict("standbys", "ok");

        assertThat(findings.values())
                .noneMatch(each -> each.get("verdict").asText().equals("wrong"));
        assertThat(findings.values())
                .noneMatch(each -> each.get("verdict").asText().equals("skipped"));
        for (String check : List.of(
                "zookeeper",
                "pinned cluster",
                "topics",
                "replicas",
                "partitioner",
                "coordinators",
                "coordinator c1",
                "coordinator c2",
                "shards",
                "inbox lag",
                "clocks",
                "memory")) {
            assertThat(findings).containsKey(check);
            assertThat(findings.get(check).get("verdict").asText()).as(check).isEqualTo("ok");
        }
        assertThat(doctor().exitCode()).isZero();
    }

    @Test
    @Order(2)
    void topShowsTheCluster() throws IOException {
        Wire.to(first).submit(io.leasehold.api.Task.of("watched", 1));

        Cli.Ended once =
                Cli.run(directory, "top", "--once", "--url", first.url().toString());
        Cli.Ended json = Cli.run(
                directory, "top", "--once", "-o", "json", "--url", first.url().toString());

        assertThat(once.exitCode()).as(once.err()).isZero();
        assertThat(once.out())
                .contains("coordinators 2/2 up")
                .contains("shards 4/4 active")
                .containsPattern("watched +1 +0 +0 +0 ")
                .doesNotContain("\u001b");
        JsonNode snapshot = new ObjectMapper().readTree(json.out());
        assertThat(snapshot.at("/queues/0/ready").asInt()).isEqualTo(1);
        assertThat(snapshot.at("/shards")).hasSize(4);
        assertThat(snapshot.at("/coordinators/0/heapBytes").asLong()).isPositive();
        assertThat(snapshot.at("/shards/0/turnsPerSecond").isNumber()).isTrue();
    }

    @Test
    @Order(3)
    void wrongPartitionerIsToldWithTheSettingToChange() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < 20; i++) {
                String id = "misplaced-" + i;
                int wrong = (Home.of(id, 4) + 1) % 4;
                producer.send(new ProducerRecord<>("leasehold.tasks", wrong, id, "{}"))
                        .get();
            }
        }

        JsonNode finding = awaitVerdict("partitioner", "wrong").get("partitioner");

        assertThat(finding.get("advice").asText()).contains("partitioner=murmur2_random");
    }

    @Test
    @Order(4)
    void wrongTopicSettingIsNamedUntilItIsSetBack() throws Exception {
        set("leasehold.journal", "retention.ms", "60000");
        JsonNode finding = awaitVerdict("topics", "wrong").get("topics");
        assertThat(finding.get("found").asText()).contains("leasehold.journal retention.ms: 60000 (expected: -1)");

        set("leasehold.journal", "retention.ms", "-1");
        assertThat(awaitVerdict("topics", "ok")).containsKey("topics");
    }

    @Test
    @Order(5)
    void addressThatNobodyAnswersAtIsNamed() throws IOException {
        cluster.launch("c3", Map.of("advertised.url", "http://127.0.0.1:1"));

        JsonNode finding = awaitVerdict("coordinator c3", "wrong").get("coordinator c3");

        assertThat(finding.get("found").asText()).contains("http://127.0.0.1:1 is not reached from here");
        assertThat(finding.get("advice").asText()).contains("advertised.url");
    }

    @Test
    @Order(6)
    void withoutZooKeeperTheCoordinatorsAreAskedInstead() throws IOException {
        cluster.zooKeeper().kill();

        Map<String, JsonNode> findings = findings(doctor());

        assertThat(findings.get("zookeeper").get("verdict").asText()).isEqualTo("wrong");
        assertThat(findings.get("pinned cluster").get("verdict").asText()).isEqualTo("skipped");
        assertThat(findings.get("topics").get("verdict").asText()).isEqualTo("ok");
        assertThat(findings.get("coordinator c1").get("verdict").asText()).isEqualTo("ok");
        assertThat(doctor().exitCode()).isEqualTo(1);
    }

    private static void set(String topic, String name, String value) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                    .all()
                    .get();
        }
    }

    private static Map<String, JsonNode> awaitVerdict(String check, String verdict) {
        return Awaitility.await(check + " is " + verdict)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> findings(doctor()),
                        found -> found.containsKey(check)
                                && found.get(check).get("verdict").asText().equals(verdict));
    }

    private static Cli.Ended doctor() throws IOException {
        return Cli.run(
                directory,
                "doctor",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--zookeeper",
                cluster.zooKeeper().connectString(),
                "--url",
                first.url().toString(),
                "--timeout",
                "3s",
                "-o",
                "json");
    }

    private static Map<String, JsonNode> findings(Cli.Ended ended) throws IOException {
        Map<String, JsonNode> byCheck = new TreeMap<>();
        new ObjectMapper()
                .readTree(ended.out())
                .get("findings")
                .forEach(finding -> byCheck.put(finding.get("check").asText(), finding));
        return byCheck;
    }
}

package io.leasehold.server;

import static io.leasehold.server.testkit.Questions.active;
import static io.leasehold.server.testkit.Questions.owners;
import static io.leasehold.server.testkit.Questions.poll;
import static io.leasehold.server.testkit.Questions.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.server.testkit.Web;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The life of whole coordinators. */
class CoordinatorIT extends CoordinatorCase {
    @Test
    void tasksFromHttpAndKafkaRunInOrderOfPriority() throws Exception {
        Web web = new Web(startAndAwait("c1").url());
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            send(producer, "low", "{\"priority\":1,\"payload\":[1]}");
            send(producer, "poison", "{\"priority\":");
            send(producer, null, "{\"priority\":3}");
        }
        web.post("/v1/tasks", "{\"id\":\"high\",\"priority\":9}");
        await().atMost(LONG).until(() -> ready(web) == 3);

        List<String> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            JsonNode lease = web.post("/v1/poll", poll(5_000)).json().at("/leases/0");
            order.add(lease.at("/task/id").asText());
            String token = lease.at("/lease").asText();
            assertThat(web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + token + "\"]}")
                            .json()
                            .at("/leases/0/status")
                            .asText())
                    .isEqualTo("ok");
            assertThat(web.post(
                                    "/v1/report",
                                    "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + token
                                            + "\",\"outcome\":\"success\",\"result\":" + i + "}]}")
                            .json()
                            .at("/reports/0/status")
                            .asText())
                    .isEqualTo("ok");
        }

        assertThat(order.get(0)).isEqualTo("high");
        assertThat(order.get(1)).startsWith("~");
        assertThat(order.get(2)).isEqualTo("low");
        assertThat(web.get("/v1/tasks/low").json().at("/state").asText()).isEqualTo("completed");
        assertThat(web.get("/v1/tasks/poison").status()).isEqualTo(404);
        assertThat(web.get("/metrics").text())
                .contains("leasehold_shards{status=\"active\"} 4")
                .contains("leasehold_topic_problems 0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void deadLettersAndCancellationsSurviveARestart() {
        CoordinatorProcess first = startAndAwait("c1");
        Web web = new Web(first.url());
        web.post("/v1/tasks", "{\"id\":\"a\"}");
        String token =
                web.post("/v1/poll", poll(5_000)).json().at("/leases/0/lease").asText();
        web.post(
                "/v1/report",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + token
                        + "\",\"outcome\":\"failure\",\"error\":\"broken\",\"retryable\":false}]}");
        web.post("/v1/tasks", "[{\"id\":\"b\"},{\"id\":\"c\"}]");
        web.delete("/v1/tasks/b");
        first.close();

        Web again = new Web(startAndAwait("c1").url());

        assertThat(again.get("/v1/tasks/b").json().at("/state").asText()).isEqualTo("cancelled");
        assertThat(again.get("/v1/tasks/c").json().at("/state").asText()).isEqualTo("ready");
        assertThat(again.get("/v1/dead").json().at("/tasks/0/error").asText()).isEqualTo("broken");
        assertThat(again.post("/v1/dead/redrive", "{\"queue\":\"default\"}")
                        .json()
                        .at("/redriven")
                        .asInt())
                .isEqualTo(1);
        assertThat(again.get("/v1/tasks/a").json().at("/state").asText()).isEqualTo("ready");
    }

    @Test
    void secondCoordinatorTakesItsShareAndGivesItBack() {
        CoordinatorProcess first = startAndAwait("c1");
        Web one = new Web(first.url());
        StringBuilder tasks = new StringBuilder("[{\"id\":\"t0\"}");
        for (int i = 1; i < 100; i++) {
            tasks.append(",{\"id\":\"t").append(i).append("\"}");
        }
        assertThat(one.post("/v1/tasks", tasks + "]").status()).isEqualTo(201);

        CoordinatorProcess second = start("c2");
        await().atMost(LONG).until(() -> owners(one).equals(List.of(2, 2)));

        Web two = new Web(second.url());
        for (Web web : List.of(one, two)) {
            assertThat(ready(web)).isEqualTo(100);
            assertThat(web.get("/v1/tasks/t7").json().at("/state").asText()).isEqualTo("ready");
            assertThat(web.get("/v1/tasks/t8").json().at("/state").asText()).isEqualTo("ready");
        }
        Set<String> leased = new HashSet<>();
        for (Web web : List.of(one, two)) {
            String answer = web.post(
                            "/v1/poll", "{\"worker\":\"w\",\"queues\":[\"default\"],\"max\":1000,\"waitMs\":0}")
                    .text();
            assertThat(answer).contains("\"lease\"");
            leased.add(answer);
        }
        assertThat(leased).hasSize(2);

        second.close();
        assertThat(second.url()).isNotNull();
        await().atMost(LONG).until(() -> owners(one).equals(List.of(4)) && active(one) == 4);
        assertThat(one.get("/v1/queues").json().at("/incomplete")).isEmpty();
    }

    @Test
    void wrongTopicSettingIsShownAndRefused() throws Exception {
        Web web = new Web(startAndAwait("c1").url());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, cluster + ".journal"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "60000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }

        String problem = cluster + ".journal retention.ms: 60000 (expected: -1)";
        await().atMost(LONG).until(() -> web.get("/v1/cluster").text().contains(problem));
        assertThat(web.get("/metrics").text()).contains("leasehold_topic_problems 1");
        assertThatThrownBy(() -> start("c2")).hasMessageContaining(problem);
    }

    @Test
    void otherNumberOfShardsIsRefused() {
        startAndAwait("c1");

        assertThatThrownBy(() -> start("c2", "shards", "5")).hasMessageContaining("shards: 5 (expected: 4");
    }

    @Test
    void whatIsOutOfReachIsNamedInTime() {
        assertThatThrownBy(() -> start("c1", "zookeeper.connect", "127.0.0.1:1", "startup.timeout.ms", "1000"))
                .hasMessageContaining("zookeeper.connect: 127.0.0.1:1");
        assertThatThrownBy(() -> start("c1", "bootstrap.servers", "127.0.0.1:1", "startup.timeout.ms", "1000"))
                .hasMessageContaining("bootstrap.servers: 127.0.0.1:1");
        assertThatThrownBy(() -> start("c1", "producer.acks", "0")).hasMessageContaining("producer.acks: 0");
    }

    @Test
    void stoppedCoordinatorAnswersParkedPollsAndIsNotReady() throws Exception {
        CoordinatorProcess process = startAndAwait("c1");
        Web web = new Web(process.url());
        var parked = web.postLater("/v1/poll", poll(20_000));
        await().until(() -> web.get("/metrics").text().contains("leasehold_polls_parked 1"));

        long before = System.nanoTime();
        process.close();

        assertThat(parked.get().json().at("/leases")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> web.get("/readyz")).isInstanceOf(AssertionError.class);
    }
}

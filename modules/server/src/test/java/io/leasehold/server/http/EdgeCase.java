package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One coordinator with two shards, over real HTTP. */
abstract class EdgeCase {
    final InMemoryCluster cluster = new InMemoryCluster(2);
    TestCoordinator coordinator;
    Web web;

    /** How its edge listens. */
    EdgeOptions options() {
        return TestCoordinator.options();
    }

    @BeforeEach
    void start() {
        coordinator = new TestCoordinator("c1", cluster, options());
        web = new Web(coordinator.url());
        cluster.assign(0, "c1");
        cluster.assign(1, "c1");
        await().until(() -> coordinator.desk().owns(0) && coordinator.desk().owns(1));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    void submit(String id) {
        assertThat(web.post("/v1/tasks", "{\"id\":\"" + id + "\"}").status()).isEqualTo(201);
    }

    Reply poll(String queue) {
        return web.post("/v1/poll", pollBody(queue, 5_000));
    }

    CompletableFuture<Reply> pollLater(String queue, int waitMs) {
        return web.postLater("/v1/poll", pollBody(queue, waitMs));
    }

    /** Of the only task that is ready. */
    String leaseOf(String id) {
        JsonNode lease = poll("default").json().at("/leases/0");
        assertThat(lease.at("/task/id").asText()).isEqualTo(id);
        return lease.at("/lease").asText();
    }

    Reply report(String token, String fields) {
        return web.post("/v1/report", "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + token + "\"," + fields + "}]}");
    }

    static String pollBody(String queue, int waitMs) {
        return "{\"worker\":\"w\",\"queues\":[\"" + queue + "\"],\"max\":1,\"waitMs\":" + waitMs + "}";
    }

    static String pollBody(String queue, int waitMs, String map) {
        return pollBody(queue, waitMs).replace("}", ",\"map\":\"" + map + "\"}");
    }

    static String idAt(int shard) {
        int i = 0;
        while (Home.of("id-" + i, 2) != shard) {
            i++;
        }
        return "id-" + i;
    }
}

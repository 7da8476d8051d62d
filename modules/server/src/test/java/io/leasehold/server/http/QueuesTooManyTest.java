package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.shard.JournalOptions;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.core.decide.Policy;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told by a shard that has as many queues as it may, of one. */
class QueuesTooManyTest {
    private static final ShardOptions OPTIONS = new ShardOptions(
            "c1", 1_000, 5_000, 512 * 1024, 20_000, new Policy(3, 1_000, 1 << 20, 1), JournalOptions.DEFAULT);

    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private TestCoordinator coordinator;
    private Web web;

    @BeforeEach
    void start() {
        coordinator = new TestCoordinator("c1", cluster, TestCoordinator.options(), OPTIONS);
        web = new Web(coordinator.url());
        cluster.assign(0, "c1");
        await().until(() -> coordinator.desk().owns(0));
        assertThat(submit("one").status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    private Reply submit(String queue) {
        return web.post("/v1/tasks", "{\"queue\":\"" + queue + "\"}");
    }

    @Test
    void taskOfOneQueueTooManyIsAnswered429AndNamesTheQueue() {
        Reply refused = submit("two");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isNotNull();
        assertThat(refused.json().at("/type").asText()).isEqualTo("urn:leasehold:problem:too-many-queues");
        assertThat(refused.json().at("/detail").asText()).contains("queue: two").contains("nothing was done");
        assertThat(submit("one").status()).isEqualTo(201);
    }

    @Test
    void arrayIsAnsweredTaskByTask() {
        Reply some = web.post("/v1/tasks", "[{\"queue\":\"two\"},{\"queue\":\"one\"}]");

        assertThat(some.status()).isEqualTo(207);
        assertThat(some.json().at("/0/error/code").asText()).isEqualTo("too-many-queues");
        assertThat(some.json().at("/1/id").asText()).isNotEmpty();
    }

    @Test
    void refusalsAreCountedByReason() {
        submit("two");
        submit("two");

        assertThat(web.get("/metrics").text())
                .contains("leasehold_tasks_refused_total{reason=\"too-many-queues\",shard=\"0\"} 2.0");
    }
}

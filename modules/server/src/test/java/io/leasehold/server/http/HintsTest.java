package io.leasehold.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three coordinators with a shard each, and one without any: a poll that waits at any of them gets what is ready at the others. */
@Timeout(60)
class HintsTest {
    private final InMemoryCluster cluster = new InMemoryCluster(3);
    private final List<TestCoordinator> coordinators = new ArrayList<>();
    private Web web;

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            int shard = i;
            TestCoordinator one = new TestCoordinator("c" + (i + 1), cluster);
            coordinators.add(one);
            cluster.assign(shard, one.id());
            await().until(() -> one.desk().owns(shard) && cluster.map().ownerOf(shard) != null);
        }
        coordinators.add(new TestCoordinator("bare", cluster));
        web = new Web(coordinators.get(0).url());
    }

    @AfterEach
    void stop() {
        coordinators.forEach(TestCoordinator::close);
    }

    @Test
    void pollThatWaitsGetsTheTaskThatBecomesReadyAtAnotherCoordinator() throws Exception {
        CompletableFuture<Reply> poll = web.postLater("/v1/poll", poll(20_000, null));
        await().until(() -> waiting(0) == 1);

        submit(idAt(1, "a"));

        JsonNode lease = poll.get(5, SECONDS).json().at("/leases/0");
        assertThat(lease.at("/task/id").asText()).isEqualTo(idAt(1, "a"));
        assertThat(report(lease).json().at("/reports/0/status").asText()).isEqualTo("ok");
    }

    @Test
    void pollThatComesAfterTheHintIsSentOnAtOnce() throws Exception {
        submit(idAt(2, "a"));
        await().until(() -> metric(0, "/v1/hint") > 0);

        for (int waitMs : new int[] {20_000, 0}) {
            Reply reply = web.postLater("/v1/poll", poll(waitMs, null)).get(5, SECONDS);
            assertThat(reply.json().at("/leases/0/task/id").asText()).isEqualTo(idAt(2, waitMs > 0 ? "a" : "b"));
            if (waitMs > 0) {
                double hints = metric(0, "/v1/hint");
                submit(idAt(2, "b"));
                await().until(() -> metric(0, "/v1/hint") > hints);
            }
        }
    }

    @Test
    void workerThatPollsOneCoordinatorAloneGetsEveryTaskSoon() throws Exception {
        int tasks = 60;
        Map<String, Long> submitted = new ConcurrentHashMap<>();
        List<Long> waits = new ArrayList<>();
        CompletableFuture<Void> submitter = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < tasks; i++) {
                submitted.put("t" + i, System.nanoTime());
                new Web(coordinators.get(i % 3).url()).post("/v1/tasks", "{\"id\":\"t" + i + "\"}");
            }
        });
        while (waits.size() < tasks) {
            JsonNode lease = web.post("/v1/poll", poll(20_000, null)).json().at("/leases/0");
            assertThat(lease.isMissingNode()).as("after %d tasks", waits.size()).isFalse();
            long submittedNs = submitted.get(lease.at("/task/id").asText());
            waits.add((System.nanoTime() - submittedNs) / 1_000_000);
            report(lease);
        }
        submitter.get(10, SECONDS);
        System.out.println("waited at most " + waits.stream().max(Long::compare).orElseThrow() + " ms");
        assertThat(waits).allMatch(ms -> ms < 10_000);
    }

    @Test
    void clientThatFollowsIsToldWhomToAsk() throws Exception {
        CompletableFuture<Reply> poll = web.postLater("/v1/poll", poll(20_000, null), "leasehold-follow", "true");
        await().until(() -> waiting(0) == 1);

        submit(idAt(1, "a"));

        Reply reply = poll.get(5, SECONDS);
        assertThat(reply.json().at("/leases")).isEmpty();
        assertThat(reply.json().at("/see").asText())
                .isEqualTo(coordinators.get(1).url());
    }

    @Test
    void clientThatWantsNoForwardingWaitsWhereItIs() throws Exception {
        CompletableFuture<Reply> poll = web.postLater("/v1/poll", poll(1_500, null), "leasehold-no-forward", "true");
        await().until(() -> waiting(0) == 1);

        submit(idAt(1, "a"));

        assertThat(poll.get(5, SECONDS).json().at("/leases")).isEmpty();
    }

    @Test
    void repeatedPollIsAskedWhereItsGrantsAre() {
        submit(idAt(1, "a"));
        JsonNode first = web.post("/v1/poll", poll(20_000, "p-1")).json().at("/leases/0");

        JsonNode again = web.post("/v1/poll", poll(20_000, "p-1")).json().at("/leases/0");
        JsonNode asked = web.post("/v1/poll", poll(0, "p-1").replace("\"max\":1", "\"max\":0"))
                .json()
                .at("/leases/0");

        assertThat(first.at("/task/id").asText()).isEqualTo(idAt(1, "a"));
        assertThat(again.at("/lease").asText()).isEqualTo(first.at("/lease").asText());
        assertThat(asked.at("/lease").asText()).isEqualTo(first.at("/lease").asText());
    }

    @Test
    void pollAtACoordinatorWithoutShardsGetsTheTasksOfAll() throws Exception {
        Web bare = new Web(coordinators.get(3).url());
        for (int shard = 0; shard < 3; shard++) {
            CompletableFuture<Reply> poll = bare.postLater("/v1/poll", poll(20_000, null));
            await().until(() -> waiting(0) + waiting(1) + waiting(2) == 1);

            submit(idAt(shard, "a"));

            assertThat(poll.get(5, SECONDS).json().at("/leases/0/task/id").asText())
                    .isEqualTo(idAt(shard, "a"));
        }
    }

    @Test
    void untrueHintCostsThePollNothingButAWayInVain() throws Exception {
        CompletableFuture<Reply> poll = web.postLater("/v1/poll", poll(20_000, null));
        await().until(() -> waiting(0) == 1);

        assertThat(hint("c3").json().at("/awaited/0").asText()).isEqualTo("default");
        assertThat(hint("nobody").json().at("/awaited")).isEmpty();
        assertThat(hint("c1").json().at("/awaited")).isEmpty();

        await().until(() -> metric(2, "/v1/poll") == 1 && waiting(0) == 1);
        submit(idAt(0, "a"));
        assertThat(poll.get(5, SECONDS).json().at("/leases/0/task/id").asText()).isEqualTo(idAt(0, "a"));
    }

    @Test
    void hintOfACoordinatorThatCannotBeReachedCostsThePollNothing() throws Exception {
        cluster.join("dead", "http://127.0.0.1:1");
        CompletableFuture<Reply> poll = web.postLater("/v1/poll", poll(20_000, null));
        await().until(() -> waiting(0) == 1);

        hint("dead");

        await().until(() -> waiting(0) == 1);
        submit(idAt(0, "a"));
        assertThat(poll.get(5, SECONDS).json().at("/leases/0/task/id").asText()).isEqualTo(idAt(0, "a"));
    }

    @Test
    void hintsThatBreakARuleAreRefusedByName() {
        for (String bad : List.of(
                "{\"from\":\"c2\",\"queues\":[]}",
                "{\"from\":\"c2\",\"queues\":[null]}",
                "{\"from\":\"c2\",\"queues\":[{\"queue\":\"a\",\"ready\":0}]}",
                "{\"from\":\"\",\"queues\":[{\"queue\":\"a\",\"ready\":1}]}")) {
            assertThat(web.post("/v1/hint", bad).status()).as(bad).isEqualTo(400);
        }
    }

    private Reply hint(String from) {
        return web.post("/v1/hint", "{\"from\":\"" + from + "\",\"queues\":[{\"queue\":\"default\",\"ready\":1}]}");
    }

    private void submit(String id) {
        assertThat(web.post("/v1/tasks", "{\"id\":\"" + id + "\"}").status()).isEqualTo(201);
    }

    private Reply report(JsonNode lease) {
        return web.post(
                "/v1/report",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\""
                        + lease.at("/lease").asText() + "\",\"outcome\":\"success\"}]}");
    }

    private int waiting(int coordinator) {
        return coordinators.get(coordinator).desk().lines().waiting();
    }

    /** How many requests to this path it has answered. */
    private double metric(int coordinator, String route) {
        return new Web(coordinators.get(coordinator).url())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("leasehold_http_")
                        && line.contains("_count")
                        && line.contains("\"" + route + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String poll(int waitMs, String pollId) {
        return "{\"worker\":\"w\",\"queues\":[\"default\"],\"max\":1,\"waitMs\":" + waitMs
                + (pollId == null ? "" : ",\"pollId\":\"" + pollId + "\"") + "}";
    }

    private static String idAt(int shard, String prefix) {
        int i = 0;
        while (Home.of(prefix + "-" + i, 3) != shard) {
            i++;
        }
        return prefix + "-" + i;
    }
}

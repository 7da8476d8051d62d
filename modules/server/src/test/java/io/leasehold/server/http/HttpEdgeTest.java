package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.api.Routes;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.InMemoryCluster;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One coordinator with two shards, over real HTTP. */
class HttpEdgeTest {
    private final InMemoryCluster cluster = new InMemoryCluster(2);
    private TestCoordinator coordinator;
    private Web web;

    @BeforeEach
    void start() {
        coordinator = new TestCoordinator("c1", cluster);
        web = new Web(coordinator.url());
        cluster.assign(0, "c1");
        cluster.assign(1, "c1");
        await().until(() -> coordinator.desk().owns(0) && coordinator.desk().owns(1));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void taskGoesAllTheWay() {
        Reply submitted = web.post(
                "/v1/tasks",
                "{\"id\":\"img-42\",\"queue\":\"images\",\"type\":\"resize\",\"payload\":{\"w\": 1.50}}",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(submitted.status()).isEqualTo(201);
        assertThat(submitted.text()).isEqualTo("{\"id\":\"img-42\",\"shard\":" + Home.of("img-42", 2) + "}");

        Reply polled = poll("images");
        JsonNode lease = polled.json().at("/leases/0");
        assertThat(polled.text()).contains("\"payload\":{\"w\": 1.50}");
        assertThat(lease.at("/task/id").asText()).isEqualTo("img-42");
        assertThat(lease.at("/task/traceparent").asText()).startsWith("00-0af7651916cd43dd8448eb211c80319c");
        assertThat(lease.at("/attempt").asInt()).isEqualTo(1);
        assertThat(lease.at("/leaseMs").asInt()).isEqualTo(30_000);
        assertThat(lease.at("/fence").asLong()).isPositive();

        String token = lease.at("/lease").asText();
        Reply beat = web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + token + "\"]}");
        assertThat(beat.json().at("/leases/0/status").asText()).isEqualTo("ok");
        assertThat(beat.json().at("/leases/0/leaseMs").asInt()).isEqualTo(30_000);

        assertThat(web.get("/v1/tasks/img-42").json().at("/state").asText()).isEqualTo("leased");
        Reply reported = report(token, "\"outcome\":\"success\",\"result\":{\"ok\":true}");
        assertThat(reported.json().at("/reports/0/status").asText()).isEqualTo("ok");

        JsonNode task = web.get("/v1/tasks/img-42").json();
        assertThat(task.at("/state").asText()).isEqualTo("completed");
        assertThat(task.at("/cause").asText()).isEqualTo("succeeded");
        assertThat(task.at("/result/ok").asBoolean()).isTrue();
    }

    @Test
    void knownIdIsADuplicate() {
        submit("a");

        assertThat(web.post("/v1/tasks", "{\"id\":\"a\"}")
                        .json()
                        .at("/duplicate")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void taskWithoutAnIdGetsOneThatNamesItsHome() {
        JsonNode answer = web.post("/v1/tasks", "{}").json();

        assertThat(answer.at("/id").asText()).matches("~" + answer.at("/shard").asInt() + "\\.[A-Za-z0-9_-]{20}");
        assertThat(web.get("/v1/tasks/" + answer.at("/id").asText()).status()).isEqualTo(200);
    }

    @Test
    void arrayIsAnsweredTaskByTask() {
        Reply all = web.post("/v1/tasks", "[{\"id\":\"a\"},{\"id\":\"b\"},{},{\"id\":\"a\"}]");
        Reply some = web.post("/v1/tasks", "[{\"id\":\"c\"},{\"id\":\"d\",\"colour\":1},{\"id\":\"e\"}]");

        assertThat(all.status()).isEqualTo(201);
        assertThat(all.json().findValuesAsText("id").subList(0, 2)).containsExactly("a", "b");
        assertThat(all.json().at("/3/duplicate").asBoolean()).isTrue();
        assertThat(some.status()).isEqualTo(207);
        assertThat(some.json().at("/0/id").asText()).isEqualTo("c");
        assertThat(some.json().at("/1/error/code").asText()).isEqualTo("invalid-task");
        assertThat(some.json().at("/1/error/field").asText()).isEqualTo("colour");
        assertThat(some.json().at("/2/id").asText()).isEqualTo("e");
        assertThat(web.get("/v1/tasks/d").status()).isEqualTo(404);
    }

    @Test
    void idMayHoldWhatAPathMayNot() {
        for (String id : new String[] {"a/b c?d=1&e#f", "..", "ü€", "100%", "a+b"}) {
            String path = Routes.task(id).replace("/..", "/%2E%2E");
            assertThat(web.post("/v1/tasks", "{\"id\":\"" + id + "\"}").status())
                    .isEqualTo(201);
            assertThat(web.get(path).json().at("/id").asText()).isEqualTo(id);
        }
    }

    @Test
    void parkedPollIsAnsweredWhenATaskComes() throws Exception {
        CompletableFuture<Reply> poll = pollLater("q", 20_000);
        await().until(() -> coordinator.desk().lines().waiting() == 1);

        web.post("/v1/tasks", "{\"id\":\"a\",\"queue\":\"q\"}");

        JsonNode lease = poll.get(5, TimeUnit.SECONDS).json().at("/leases/0");
        assertThat(lease.at("/task/id").asText()).isEqualTo("a");
        assertThat(lease.at("/decidedAfterMs").asLong()).isBetween(0L, 5_000L);
    }

    @Test
    void pollWithNothingToDoIsAnsweredEmptyWhenItsTimeIsUp() {
        assertThat(web.post("/v1/poll", pollBody("q", 50)).text()).isEqualTo("{\"leases\":[]}");
        assertThat(web.post("/v1/poll", pollBody("q", 0)).text()).isEqualTo("{\"leases\":[]}");
        assertThat(coordinator.desk().lines().waiting()).isZero();
    }

    @Test
    void ageOfAForwardedPollCounts() {
        submit("a");

        Reply polled = web.post("/v1/poll", pollBody("default", 1_000), "leasehold-age-ms", "4000");

        assertThat(polled.json().at("/leases/0/decidedAfterMs").asLong()).isGreaterThanOrEqualTo(4_000);
    }

    @Test
    void drainAnswersParkedPollsWithNothingAndRefusesNewOnes() throws Exception {
        CompletableFuture<Reply> parked = pollLater("q", 20_000);
        await().until(() -> coordinator.desk().lines().waiting() == 1);

        coordinator.edge().drain();

        assertThat(parked.get(5, TimeUnit.SECONDS).text()).isEqualTo("{\"leases\":[]}");
        Reply refused = web.post("/v1/poll", pollBody("q", 20_000));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().at("/code").asText()).isEqualTo("shutting-down");
        assertThat(refused.header("retry-after")).isEqualTo("1");
    }

    @Test
    void tokenThatThisClusterDidNotMakeIsNamedOrLostAmongOthers() {
        String forged = "k1.0.12.AAAAAAAAAAAAAAAAAAAAAA";
        Reply alone = web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + forged + "\"]}");
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.json().at("/detail").asText())
                .isEqualTo("leases[0]: " + forged + " (expected: a lease token that this cluster made)");

        submit("a");
        String token = poll("default").json().at("/leases/0/lease").asText();
        Reply both = web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + forged + "\",\"" + token + "\"]}");
        assertThat(both.json().at("/leases").findValuesAsText("status")).containsExactly("lost", "ok");

        Reply reported = report(forged, "\"outcome\":\"success\"");
        assertThat(reported.status()).isEqualTo(400);
        assertThat(reported.json().at("/field").asText()).isEqualTo("reports[0].lease");
    }

    @Test
    void staleLeaseIsLostAndItsTaskRunsAgain() {
        submit("a");
        String first = poll("default").json().at("/leases/0/lease").asText();
        report(first, "\"outcome\":\"release\"");
        JsonNode second = poll("default").json().at("/leases/0");

        assertThat(second.at("/attempt").asInt()).isEqualTo(2);
        Reply late = report(first, "\"outcome\":\"failure\",\"error\":\"late\"");
        assertThat(late.json().at("/reports/0/status").asText()).isIn("lost", "ok");
        Reply beat = web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + first + "\"]}");
        assertThat(beat.json().at("/leases/0/status").asText()).isEqualTo("lost");
    }

    @Test
    void cancelledTaskStaysCancelledAndEndedOnesCannotBe() {
        submit("b");
        report(leaseOf("b"), "\"outcome\":\"success\"");
        submit("a");

        assertThat(web.delete("/v1/tasks/a").text()).isEqualTo("{\"id\":\"a\",\"state\":\"cancelled\"}");
        assertThat(web.delete("/v1/tasks/a").status()).isEqualTo(200);
        Reply ended = web.delete("/v1/tasks/b");
        assertThat(ended.status()).isEqualTo(409);
        assertThat(ended.json().at("/detail").asText())
                .isEqualTo("state: completed (expected: a task that has not ended)");
        assertThat(web.delete("/v1/tasks/nobody").json().at("/code").asText()).isEqualTo("unknown-task");
    }

    @Test
    void queuesAreCountedByStateAndBand() {
        web.post(
                "/v1/tasks",
                "[{\"queue\":\"q\",\"priority\":5},{\"queue\":\"q\",\"priority\":5},{\"queue\":\"q\",\"priority\":-1,"
                        + "\"delayMs\":60000},{\"queue\":\"r\"}]");

        JsonNode all = web.get("/v1/queues").json();
        assertThat(all.at("/queues").findValuesAsText("queue")).containsExactly("q", "r");
        assertThat(all.at("/queues/0/states/ready").asInt()).isEqualTo(2);
        assertThat(all.at("/queues/0/states/delayed").asInt()).isEqualTo(1);
        assertThat(all.at("/queues/0/bands/4-6/ready").asInt()).isEqualTo(2);
        assertThat(all.at("/queues/0/bands/<0/delayed").asInt()).isEqualTo(1);
        assertThat(all.at("/incomplete")).isEmpty();

        JsonNode one = web.get("/v1/queues/r").json();
        assertThat(one.at("/queues")).hasSize(1);
        assertThat(one.at("/queues/0/states/ready").asInt()).isEqualTo(1);
        assertThat(web.get("/v1/queues/none")
                        .json()
                        .at("/queues/0/states/ready")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void deadLettersAreListedPageByPageAndRedriven() {
        for (int i = 0; i < 5; i++) {
            submit("t" + i);
            report(leaseOf("t" + i), "\"outcome\":\"failure\",\"error\":\"no\",\"retryable\":false");
        }

        JsonNode first = web.get("/v1/dead?limit=3").json();
        JsonNode rest =
                web.get("/v1/dead?limit=3&after=" + first.at("/next").asText()).json();
        assertThat(first.at("/total").asInt()).isEqualTo(5);
        assertThat(first.at("/tasks")).hasSize(3);
        assertThat(rest.at("/tasks")).hasSize(2);
        assertThat(rest.has("next")).isFalse();
        assertThat(first.at("/tasks/0/cause").asText()).isEqualTo("not-retryable");
        assertThat(first.at("/tasks/0/error").asText()).isEqualTo("no");
        assertThat(web.get("/v1/dead?queue=other").json().at("/tasks")).isEmpty();

        JsonNode byId = web.post("/v1/dead/redrive", "{\"ids\":[\"t0\",\"t1\",\"nobody\"]}")
                .json();
        assertThat(byId.at("/redriven").asInt()).isEqualTo(2);
        assertThat(byId.at("/notDead").asInt()).isEqualTo(1);
        JsonNode byQueue = web.post("/v1/dead/redrive", "{\"queue\":\"default\",\"limit\":2}")
                .json();
        assertThat(byQueue.at("/redriven").asInt()).isEqualTo(2);
        assertThat(web.get("/v1/dead").json().at("/total").asInt()).isEqualTo(1);
        assertThat(web.get("/v1/tasks/t0").json().at("/state").asText()).isEqualTo("ready");
    }

    @Test
    void clusterShowsWhoOwnsWhatAndWhatIsWrong() {
        JsonNode view = web.get("/v1/cluster").json();

        assertThat(view.at("/coordinators/0/id").asText()).isEqualTo("c1");
        assertThat(view.at("/coordinators/0/url").asText()).isEqualTo(coordinator.url());
        assertThat(view.at("/ring/hash").asText()).isEqualTo("sha256-64");
        assertThat(view.at("/shards")).hasSize(2);
        assertThat(view.at("/shards/1/owner").asText()).isEqualTo("c1");
        assertThat(view.at("/shards/1/status").asText()).isEqualTo("active");
        assertThat(view.at("/shards/1/epoch").asInt()).isPositive();
        assertThat(view.at("/problems/0").asText()).contains("retention.ms");
    }

    @Test
    void shardWithoutAnOwnerIsNamedAndRefuses() {
        InMemoryCluster half = new InMemoryCluster(2);
        try (TestCoordinator lonely = new TestCoordinator("c1", half)) {
            Web there = new Web(lonely.url());
            half.assign(0, "c1");
            await().until(() -> lonely.desk().owns(0));

            Reply refused = there.post("/v1/tasks", "{\"id\":\"" + idAt(1) + "\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().at("/code").asText()).isEqualTo("no-owner");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(there.get("/v1/queues").json().at("/incomplete").toString())
                    .isEqualTo("[1]");
            assertThat(there.get("/v1/dead").json().at("/incomplete").toString())
                    .isEqualTo("[1]");
            assertThat(there.get("/v1/cluster").json().at("/shards/1/status").asText())
                    .isEqualTo("unowned");
            assertThat(there.post("/v1/tasks", "{\"id\":\"" + idAt(0) + "\"}").status())
                    .isEqualTo(201);
            assertThat(there.post("/v1/tasks", "{}").json().at("/shard").asInt())
                    .isZero();
        }
    }

    @Test
    void pollThatDoesNotWaitTakesWhatIsReady() {
        submit("a");

        assertThat(web.post("/v1/poll", pollBody("default", 0))
                        .json()
                        .at("/leases/0/task/id")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void probesSpeakToMachines() {
        assertThat(web.get("/livez").status()).isEqualTo(200);
        assertThat(web.get("/readyz").text()).isEqualTo("[+] shards\n");
        submit("a");
        assertThat(web.get("/metrics").text())
                .contains("leasehold_http_requests_seconds_count{method=\"POST\",route=\"/v1/tasks\",status=\"201\"} 1")
                .contains("leasehold_tasks_accepted_total");
    }

    private void submit(String id) {
        assertThat(web.post("/v1/tasks", "{\"id\":\"" + id + "\"}").status()).isEqualTo(201);
    }

    private Reply poll(String queue) {
        return web.post("/v1/poll", pollBody(queue, 5_000));
    }

    private CompletableFuture<Reply> pollLater(String queue, int waitMs) {
        return web.postLater("/v1/poll", pollBody(queue, waitMs));
    }

    /** Of the only task that is ready. */
    private String leaseOf(String id) {
        JsonNode lease = poll("default").json().at("/leases/0");
        assertThat(lease.at("/task/id").asText()).isEqualTo(id);
        return lease.at("/lease").asText();
    }

    private Reply report(String token, String fields) {
        return web.post("/v1/report", "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + token + "\"," + fields + "}]}");
    }

    static String pollBody(String queue, int waitMs) {
        return "{\"worker\":\"w\",\"queues\":[\"" + queue + "\"],\"max\":1,\"waitMs\":" + waitMs + "}";
    }

    static String idAt(int shard) {
        int i = 0;
        while (Home.of("id-" + i, 2) != shard) {
            i++;
        }
        return "id-" + i;
    }
}

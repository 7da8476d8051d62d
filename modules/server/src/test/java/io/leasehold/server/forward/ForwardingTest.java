package io.leasehold.server.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three coordinators: shard 0 is here, shard 1 is there, and the third has none. */
class ForwardingTest {
    private final InMemoryCluster cluster = new InMemoryCluster(2);
    private final String hereId = idAt(0);
    private final String thereId = idAt(1);
    private TestCoordinator here;
    private TestCoordinator there;
    private TestCoordinator bare;
    private Web web;

    @BeforeEach
    void start() {
        here = new TestCoordinator("here", cluster);
        there = new TestCoordinator("there", cluster);
        bare = new TestCoordinator("bare", cluster);
        web = new Web(here.url());
        cluster.assign(0, "here");
        cluster.assign(1, "there");
        await().until(() -> here.desk().owns(0) && there.desk().owns(1));
        await().until(() -> cluster.map().ownerOf(0) != null && cluster.map().ownerOf(1) != null);
    }

    @AfterEach
    void stop() {
        bare.close();
        there.close();
        here.close();
    }

    @Test
    void anyCoordinatorTakesAnyTask() {
        Reply submitted = web.post("/v1/tasks", "{\"id\":\"" + thereId + "\",\"payload\":{\"a\": 1}}");

        assertThat(submitted.status()).isEqualTo(201);
        assertThat(submitted.json().at("/shard").asInt()).isEqualTo(1);
        JsonNode found = web.get("/v1/tasks/" + thereId).json();
        assertThat(found.at("/state").asText()).isEqualTo("ready");
        assertThat(found.at("/payload/a").asInt()).isEqualTo(1);
        assertThat(web.post("/v1/tasks", "{\"id\":\"" + thereId + "\"}")
                        .json()
                        .at("/duplicate")
                        .asBoolean())
                .isTrue();
        assertThat(web.delete("/v1/tasks/" + thereId).json().at("/state").asText())
                .isEqualTo("cancelled");
        assertThat(web.get("/v1/tasks/" + idAt(1, "no")).status()).isEqualTo(404);
    }

    @Test
    void arrayIsSplitAndAnsweredInOrder() {
        Reply reply = web.post(
                "/v1/tasks",
                "[{\"id\":\"" + thereId
                        + "\",\"priority\":7,\"payload\":[1.0, \"ü\"],\"backoff\":{\"initialMs\":5}},{\"x\":1},"
                        + "{\"id\":\"" + hereId + "\"},{}]",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(reply.status()).isEqualTo(207);
        assertThat(reply.json().at("/0/id").asText()).isEqualTo(thereId);
        assertThat(reply.json().at("/0/shard").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/1/error/code").asText()).isEqualTo("invalid-task");
        assertThat(reply.json().at("/2/shard").asInt(-1)).isZero();
        assertThat(reply.json().at("/3/id").asText()).startsWith("~0.");
        Reply task = new Web(there.url()).get("/v1/tasks/" + thereId);
        assertThat(task.text()).contains("\"payload\":[1.0, \"ü\"]");
        assertThat(task.json().at("/priority").asInt()).isEqualTo(7);
        assertThat(task.json().at("/traceparent").asText()).startsWith("00-0af765");
    }

    @Test
    void largestTaskFitsThroughAnArrayToo() {
        String head = "{\"id\":\"" + thereId + "\",\"payload\":\"";
        String task = head + "x".repeat(TestCoordinator.MAX_TASK_BYTES - head.length() - 2) + "\"}";

        assertThat(web.post("/v1/tasks", "[" + task + "]").status()).isEqualTo(201);
    }

    @Test
    void coordinatorWithoutShardsPassesOnTasksWithoutIdsAndPolls() throws Exception {
        Web nobody = new Web(bare.url());
        CompletableFuture<Reply> poll = nobody.postLater("/v1/poll", poll("default", 20_000));
        await().until(() -> here.desk().lines().waiting() + there.desk().lines().waiting() == 1);
        int shard = here.desk().lines().waiting() == 1 ? 0 : 1;

        Reply one = nobody.post("/v1/tasks", "{\"queue\":\"other\"}");
        Reply many = nobody.post("/v1/tasks", "[{\"queue\":\"other\"},{\"queue\":\"other\"}]");
        nobody.post("/v1/tasks", "{\"id\":\"" + idAt(shard) + "\"}");

        assertThat(one.json().at("/id").asText()).startsWith("~");
        assertThat(many.status()).isEqualTo(201);
        assertThat(poll.get(5, TimeUnit.SECONDS).json().at("/leases/0/task/id").asText())
                .isEqualTo(idAt(shard));
    }

    @Test
    void pollThatWasForwardedIsDroppedWhenItsClientLeaves() throws Exception {
        String body = poll("default", 20_000);
        try (Socket socket = new Socket("127.0.0.1", bare.port())) {
            String request =
                    "POST /v1/poll HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                            + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() ->
                    here.desk().lines().waiting() + there.desk().lines().waiting() == 1);
        }

        await().until(() -> here.desk().lines().waiting() + there.desk().lines().waiting() == 0);
    }

    @Test
    void leasesOfManyShardsAreAskedOfTheirOwners() {
        web.post("/v1/tasks", "[{\"id\":\"" + thereId + "\"},{\"id\":\"" + hereId + "\"}]");
        String farLease = lease(there);
        String nearLease = lease(here);

        Reply beat =
                web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + farLease + "\",\"" + nearLease + "\"]}");
        assertThat(beat.json().at("/leases").findValuesAsText("status")).containsExactly("ok", "ok");
        assertThat(beat.json().at("/leases").findValuesAsText("lease")).containsExactly(farLease, nearLease);

        Reply report = web.post(
                "/v1/report",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + farLease
                        + "\",\"outcome\":\"success\",\"result\":[1]}," + "{\"lease\":\"" + nearLease
                        + "\",\"outcome\":\"failure\",\"error\":\"no\",\"retryable\":false}]}");
        assertThat(report.json().at("/reports").findValuesAsText("status")).containsExactly("ok", "ok");
        assertThat(web.get("/v1/tasks/" + thereId).json().at("/result/0").asInt())
                .isEqualTo(1);
        assertThat(web.get("/v1/tasks/" + hereId).json().at("/state").asText()).isEqualTo("dead");
    }

    @Test
    void clientThatWantsNoForwardingIsToldTheOwner() {
        Reply one = web.post("/v1/tasks", "{\"id\":\"" + thereId + "\"}", "leasehold-no-forward", "true");
        Reply many = web.post("/v1/tasks", "[{\"id\":\"" + thereId + "\"}]", "leasehold-no-forward", "true");

        for (Reply reply : new Reply[] {one, many}) {
            assertThat(reply.status()).isEqualTo(421);
            assertThat(reply.json().at("/code").asText()).isEqualTo("not-owner");
            assertThat(reply.json().at("/owner").asText()).isEqualTo(there.url());
            assertThat(reply.header("leasehold-owner")).isEqualTo(there.url());
        }
    }

    @Test
    void requestIsForwardedOnlyOnce() {
        Reply reply = web.get("/v1/tasks/" + thereId, "leasehold-forwarded", "somebody");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().at("/code").asText()).isEqualTo("no-owner");
        assertThat(reply.header("retry-after")).isEqualTo("1");
    }

    @Test
    void ownerThatDoesNotAnswerSpoilsOnlyItsOwnPart() {
        web.post("/v1/tasks", "[{\"id\":\"" + thereId + "\"},{\"id\":\"" + hereId + "\"}]");
        String farLease = lease(there);
        String nearLease = lease(here);
        there.edge().close();

        Reply beat =
                web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + farLease + "\",\"" + nearLease + "\"]}");
        assertThat(beat.json().at("/leases").findValuesAsText("status")).containsExactly("retry", "ok");
        Reply task = web.get("/v1/tasks/" + thereId);
        assertThat(task.status()).isEqualTo(503);
        assertThat(task.json().at("/code").asText()).isEqualTo("no-owner");
        assertThat(web.get("/v1/queues").json().at("/incomplete").toString()).isEqualTo("[1]");
        JsonNode cluster = web.get("/v1/cluster").json();
        assertThat(cluster.at("/shards/0/status").asText()).isEqualTo("active");
        assertThat(cluster.at("/shards/1/status").asText()).isEqualTo("unknown");
        Reply some = web.post("/v1/tasks", "[{\"id\":\"" + idAt(1, "z") + "\"},{\"id\":\"" + idAt(0, "z") + "\"}]");
        assertThat(some.status()).isEqualTo(207);
        assertThat(some.json().at("/0/error/status").asInt()).isEqualTo(503);
        assertThat(some.json().at("/1/shard").asInt(-1)).isZero();
    }

    @Test
    void ownerThatHangsDoesNotHoldUpWhatOthersAnswer() throws Exception {
        web.post("/v1/tasks", "[{\"id\":\"" + thereId + "\"},{\"id\":\"" + hereId + "\"}]");
        String farLease = lease(there);
        String nearLease = lease(here);
        try (ServerSocket silent = new ServerSocket(0);
                Membership hung = cluster.join("hung", "http://127.0.0.1:" + silent.getLocalPort())) {
            cluster.claimFor(1, "hung");

            assertAnswered(
                    Duration.ofMillis(1_000),
                    "/v1/heartbeat",
                    "{\"worker\":\"w\",\"leases\":[\"" + farLease + "\",\"" + nearLease + "\"]}",
                    "retry",
                    "ok");
            assertAnswered(
                    Duration.ofMillis(1_900),
                    "/v1/report",
                    "{\"worker\":\"w\",\"reports\":[" + success(farLease) + "," + success(nearLease) + "]}",
                    "retry",
                    "ok");
            assertAnswered(
                    Duration.ofMillis(1_900),
                    "/v1/heartbeat",
                    "{\"worker\":\"w\",\"leases\":[\"" + farLease + "\"]}",
                    "retry");
        }
    }

    @Test
    void shardWhoseLogHangsDoesNotHoldUpWhatOthersAnswer() {
        web.post("/v1/tasks", "[{\"id\":\"" + thereId + "\"},{\"id\":\"" + hereId + "\"}]");
        String farLease = lease(there);
        String nearLease = lease(here);
        there.logs(1).hold();
        String reports = "{\"worker\":\"w\",\"reports\":[" + success(farLease) + "," + success(nearLease) + "]}";

        assertAnswered(Duration.ofMillis(1_900), "/v1/report", reports, "retry", "ok");
        there.logs(1).deliver();

        await().untilAsserted(() -> assertAnswered(Duration.ofMillis(1_900), "/v1/report", reports, "ok", "ok"));
        assertThat(web.get("/v1/tasks/" + thereId).json().at("/state").asText()).isEqualTo("completed");
    }

    /** Within less than {@code most}, which is less than a forward may take (2 s). */
    private void assertAnswered(Duration most, String path, String body, String... statuses) {
        long began = System.nanoTime();
        Reply reply = web.post(path, body);
        assertThat(reply.json().findValuesAsText("status")).containsExactly(statuses);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(most);
    }

    private static String success(String lease) {
        return "{\"lease\":\"" + lease + "\",\"outcome\":\"success\"}";
    }

    @Test
    void viewsAreAddedUpOverAllCoordinators() {
        String[] dead = {idAt(0, "d"), idAt(1, "d"), idAt(1, "e")};
        for (String id : dead) {
            web.post("/v1/tasks", "{\"id\":\"" + id + "\"}");
            TestCoordinator owner = Home.of(id, 2) == 0 ? here : there;
            web.post(
                    "/v1/report",
                    "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + lease(owner)
                            + "\",\"outcome\":\"failure\",\"retryable\":false}]}");
        }

        for (TestCoordinator asked : new TestCoordinator[] {here, there, bare}) {
            Web one = new Web(asked.url());
            JsonNode queues = one.get("/v1/queues/default").json();
            assertThat(queues.at("/queues/0/states/dead").asInt()).isEqualTo(3);
            assertThat(queues.at("/incomplete")).isEmpty();
            JsonNode first = one.get("/v1/dead?limit=2").json();
            assertThat(first.at("/total").asInt()).isEqualTo(3);
            assertThat(first.at("/tasks").findValuesAsText("id")).containsExactly(dead[0], dead[1]);
            JsonNode rest = one.get(
                            "/v1/dead?limit=2&after=" + first.at("/next").asText())
                    .json();
            assertThat(rest.at("/tasks").findValuesAsText("id")).containsExactly(dead[2]);
            JsonNode map = one.get("/v1/cluster").json();
            assertThat(map.at("/coordinators")).hasSize(3);
            assertThat(map.at("/shards").findValuesAsText("status")).containsExactly("active", "active");
            assertThat(map.at("/shards").findValuesAsText("url")).containsExactly(here.url(), there.url());
        }
        Web nobody = new Web(bare.url());
        assertThat(nobody.post("/v1/dead/redrive", "{\"ids\":[\"" + dead[0] + "\",\"" + dead[1] + "\",\"zz\"]}")
                        .text())
                .isEqualTo("{\"redriven\":2,\"notDead\":1,\"incomplete\":[]}");
        assertThat(nobody.post("/v1/dead/redrive", "{\"queue\":\"default\"}")
                        .json()
                        .at("/redriven")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void purgeCountsTheDeadOfAllCoordinatorsFirst() {
        String[] dead = {idAt(0, "d"), idAt(1, "d"), idAt(1, "e")};
        for (String id : dead) {
            web.post("/v1/tasks", "{\"id\":\"" + id + "\"}");
            TestCoordinator owner = Home.of(id, 2) == 0 ? here : there;
            web.post(
                    "/v1/report",
                    "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + lease(owner)
                            + "\",\"outcome\":\"failure\",\"retryable\":false}]}");
        }
        Web nobody = new Web(bare.url());

        assertThat(nobody.post("/v1/dead/purge", "{\"ids\":[\"" + dead[0] + "\",\"zz\"]}")
                        .text())
                .isEqualTo("{\"purged\":1,\"notDead\":1,\"incomplete\":[]}");
        assertThat(nobody.post("/v1/dead/purge", "{\"queue\":\"default\",\"expected\":3}")
                        .status())
                .isEqualTo(409);
        assertThat(web.post("/v1/dead/purge", "{\"queue\":\"default\",\"expected\":2}")
                        .text())
                .isEqualTo("{\"purged\":2,\"notDead\":0,\"incomplete\":[]}");
        assertThat(nobody.get("/v1/dead").json().at("/total").asInt()).isZero();
    }

    private static String lease(TestCoordinator owner) {
        Reply polled = new Web(owner.url()).post("/v1/poll", poll("default", 5_000));
        return polled.json().at("/leases/0/lease").asText();
    }

    private static String poll(String queue, int waitMs) {
        return "{\"worker\":\"w\",\"queues\":[\"" + queue + "\"],\"max\":1,\"waitMs\":" + waitMs + "}";
    }

    private static String idAt(int shard) {
        return idAt(shard, "id");
    }

    private static String idAt(int shard, String prefix) {
        int i = 0;
        while (Home.of(prefix + "-" + i, 2) != shard) {
            i++;
        }
        return prefix + "-" + i;
    }
}

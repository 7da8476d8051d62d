package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.api.Routes;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.Web.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks from submission to end. */
class HttpEdgeTest extends EdgeCase {
    @Test
    void twoTraceContextsAreNone() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        web.post("/v1/tasks", "{\"id\":\"a\"}", "traceparent", trace, "traceparent", trace.replace("31-01", "32-01"));

        assertThat(web.get("/v1/tasks/a").json().has("traceparent")).isFalse();
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

        assertThat(answer.at("/id").asText()).matches("~" + answer.at("/shard").asInt() + "\\.[A-Za-z0-9_-]{24}");
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
        assertThat(web.post("/v1/poll", pollBody("q", 50)).json().at("/leases")).isEmpty();
        assertThat(web.post("/v1/poll", pollBody("q", 0)).json().at("/leases")).isEmpty();
        assertThat(coordinator.desk().lines().waiting()).isZero();
    }

    @Test
    void pollThatNamesTheMapEndsSoonAfterItChanges() throws Exception {
        String map = web.post("/v1/poll", pollBody("q", 0)).json().at("/map").asText();
        CompletableFuture<Reply> told = web.postLater("/v1/poll", pollBody("q", 20_000, map));
        CompletableFuture<Reply> untold = pollLater("q", 20_000);
        await().until(() -> coordinator.desk().lines().waiting() == 2);

        cluster.join("c2", "http://127.0.0.1:2");

        JsonNode news = told.get(5, TimeUnit.SECONDS).json();
        assertThat(news.at("/leases")).isEmpty();
        assertThat(news.at("/map").asText()).isNotEqualTo(map);
        assertThat(untold).isNotDone();
    }

    @Test
    void pollThatNamesAnotherMapWaitsForASecondAtMost() throws Exception {
        CompletableFuture<Reply> poll = web.postLater("/v1/poll", pollBody("q", 20_000, "another"));

        assertThat(poll.get(5, TimeUnit.SECONDS).json().at("/leases")).isEmpty();
    }

    @Test
    void coordinatorThatIsCutOffFromTheStoreSaysNothingOfTheMap() throws Exception {
        cluster.away(true);

        Reply polled = web.post("/v1/poll", pollBody("q", 50, "another"));

        assertThat(polled.json().has("map")).isFalse();
    }

    @Test
    void ageOfAForwardedPollCounts() {
        submit("a");

        Reply polled = web.post("/v1/poll", pollBody("default", 1_000), "leasehold-age-ms", "4000");

        assertThat(polled.json().at("/leases/0/decidedAfterMs").asLong()).isGreaterThanOrEqualTo(3_995);
    }

    @Test
    void drainAnswersParkedPollsWithNothingAndRefusesNewOnes() throws Exception {
        CompletableFuture<Reply> parked = pollLater("q", 20_000);
        await().until(() -> coordinator.desk().lines().waiting() == 1);

        coordinator.edge().drain();

        assertThat(parked.get(5, TimeUnit.SECONDS).json().at("/leases")).isEmpty();
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
    void tokenOfAKeyThatIsNotKnownHereIsToBeAskedAboutAgain() {
        String unknown = "k2.0.12.AAAAAAAAAAAAAAAAAAAAAA";
        String forged = "k1.0.12.AAAAAAAAAAAAAAAAAAAAAA";
        submit("a");
        String token = leaseOf("a");

        Reply alone = web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + unknown + "\"]}");
        Reply all = web.post(
                "/v1/heartbeat",
                "{\"worker\":\"w\",\"leases\":[\"" + unknown + "\",\"" + forged + "\",\"" + token + "\"]}");
        Reply reported = report(unknown, "\"outcome\":\"success\"");

        assertThat(alone.json().at("/leases").findValuesAsText("status")).containsExactly("retry");
        assertThat(all.json().at("/leases").findValuesAsText("status")).containsExactly("retry", "lost", "ok");
        assertThat(reported.json().at("/reports").findValuesAsText("status")).containsExactly("retry");
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
    void pollThatDoesNotWaitTakesWhatIsReady() {
        submit("a");

        assertThat(web.post("/v1/poll", pollBody("default", 0))
                        .json()
                        .at("/leases/0/task/id")
                        .asText())
                .isEqualTo("a");
    }
}

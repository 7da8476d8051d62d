package io.leasehold.server.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What operators and machines can see. */
class ViewsTest extends EdgeCase {
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
    void queuesAreListedPageByPageInTheOrderOfTheirNames() {
        List<String> names = IntStream.range(0, 25)
                .mapToObj(i -> "queue " + (char) ('a' + i))
                .toList();
        for (int round = 0; round < 8; round++) {
            web.post(
                    "/v1/tasks",
                    names.stream().map(name -> "{\"queue\":\"" + name + "\"}").collect(joining(",", "[", "]")));
        }
        List<String> listed = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = web.get("/v1/queues?limit=10" + after).json();
            sizes.add(page.at("/queues").size());
            for (JsonNode queue : page.at("/queues")) {
                listed.add(queue.at("/queue").asText());
                assertThat(queue.at("/states/ready").asInt()).isEqualTo(8);
                assertThat(queue.at("/bands/0/ready").asInt()).isEqualTo(8);
            }
            after = page.has("next") ? "&after=" + page.at("/next").asText().replace(" ", "%20") : null;
        } while (after != null);

        assertThat(listed).isEqualTo(names);
        assertThat(sizes).containsExactly(10, 10, 5);
        assertThat(web.get("/v1/queues").json().has("next")).isFalse();
    }

    @Test
    void aPageThatEndsWithTheLastQueueHasNoNext() {
        web.post("/v1/tasks", "[{\"queue\":\"a\"},{\"queue\":\"b\"}]");

        assertThat(web.get("/v1/queues?limit=2").json().has("next")).isFalse();
        assertThat(web.get("/v1/queues?limit=1").json().at("/next").asText()).isEqualTo("a");
        assertThat(web.get("/v1/queues?limit=1&after=a").json().has("next")).isFalse();
        assertThat(web.get("/v1/queues?after=b").json().at("/queues")).isEmpty();
    }

    @Test
    void deadLettersOfAllQueuesAreCountedWhereverTheirQueueIsListed() {
        for (int i = 0; i < 3; i++) {
            web.post("/v1/tasks", "{\"id\":\"t" + i + "\",\"queue\":\"q" + i + "\"}");
            String lease = poll("q" + i).json().at("/leases/0/lease").asText();
            report(lease, "\"outcome\":\"failure\",\"error\":\"no\",\"retryable\":false");
        }

        assertThat(web.get("/v1/dead").json().at("/total").asInt()).isEqualTo(3);
        assertThat(web.get("/v1/dead?queue=q1").json().at("/total").asInt()).isEqualTo(1);
        assertThat(web.get("/v1/dead?queue=none").json().at("/total").asInt()).isZero();
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
    void deadTasksArePurgedByIdOrAsManyAsExpected() {
        for (int i = 0; i < 5; i++) {
            submit("p" + i);
            report(leaseOf("p" + i), "\"outcome\":\"failure\",\"error\":\"no\",\"retryable\":false");
        }

        assertThat(web.post("/v1/dead/purge", "{\"ids\":[\"p0\",\"p1\",\"nobody\"]}")
                        .text())
                .isEqualTo("{\"purged\":2,\"notDead\":1,\"incomplete\":[]}");
        assertThat(web.post("/v1/dead/purge", "{\"ids\":[\"p0\"]}").text())
                .isEqualTo("{\"purged\":0,\"notDead\":1,\"incomplete\":[]}");
        Reply changed = web.post("/v1/dead/purge", "{\"queue\":\"default\",\"expected\":5}");
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.json().at("/code").asText()).isEqualTo("another-number");
        assertThat(changed.json().at("/detail").asText()).contains("dead tasks of queue default: 3 (expected: 5");
        assertThat(web.get("/v1/dead").json().at("/total").asInt()).isEqualTo(3);
        assertThat(web.post("/v1/dead/purge", "{\"queue\":\"default\",\"limit\":2,\"expected\":3}")
                        .text())
                .isEqualTo("{\"purged\":2,\"notDead\":0,\"incomplete\":[]}");

        assertThat(web.get("/v1/dead").json().at("/total").asInt()).isEqualTo(1);
        JsonNode purged = web.get("/v1/tasks/p0").json();
        assertThat(purged.at("/state").asText()).isEqualTo("dead");
        assertThat(purged.at("/purged").asBoolean()).isTrue();
        assertThat(purged.has("payload")).isFalse();
        assertThat(web.post("/v1/dead/redrive", "{\"ids\":[\"p0\"]}")
                        .json()
                        .at("/redriven")
                        .asInt())
                .isZero();
        assertThat(web.post("/v1/tasks", "{\"id\":\"p0\"}")
                        .json()
                        .at("/duplicate")
                        .asBoolean())
                .isTrue();
        assertThat(web.delete("/v1/tasks/p0").status()).isEqualTo(409);
    }

    @Test
    void errorThatIsCutInAListSaysHowLongItIs() {
        String longer = "x".repeat(999) + "\uD83D\uDE00".repeat(10);
        String fits = "y".repeat(1_000);
        for (String error : new String[] {longer, fits}) {
            String id = error.substring(0, 1);
            submit(id);
            report(leaseOf(id), "\"outcome\":\"failure\",\"error\":\"" + error + "\",\"retryable\":false");
        }

        JsonNode listed = web.get("/v1/dead").json().at("/tasks");
        for (JsonNode task : listed) {
            boolean isCut = task.at("/id").asText().equals("x");
            assertThat(task.at("/error").asText()).isEqualTo(isCut ? "x".repeat(999) + "..." : fits);
            assertThat(task.at("/errorBytes").asInt(-1)).isEqualTo(isCut ? 999 + 40 : -1);
        }
        assertThat(listed).hasSize(2);
        JsonNode whole = web.get("/v1/tasks/x").json();
        assertThat(whole.at("/error").asText()).isEqualTo(longer);
        assertThat(whole.has("errorBytes")).isFalse();
    }

    @Test
    void resultThatIsNotKeptOnceItIsPublicSaysSo() {
        String kept = "\"" + "r".repeat(1_022) + "\"";
        String longer = "\"" + "r".repeat(1_023) + "\"";
        String[] results = {kept, longer};
        for (int i = 0; i < results.length; i++) {
            submit("t" + i);
            report(leaseOf("t" + i), "\"outcome\":\"success\",\"result\":" + results[i]);
        }
        submit("none");
        report(leaseOf("none"), "\"outcome\":\"success\"");

        await().until(() -> web.get("/v1/tasks/t1").json().has("resultDropped"));
        assertThat(web.get("/v1/tasks/t1").json().at("/resultDropped").asBoolean())
                .isTrue();
        assertThat(web.get("/v1/tasks/t1").json().has("result")).isFalse();
        assertThat(web.get("/v1/tasks/t0").text()).contains(kept).doesNotContain("resultDropped");
        assertThat(web.get("/v1/tasks/none").text()).doesNotContain("result");
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
    void probesSpeakToMachines() {
        assertThat(web.get("/livez").status()).isEqualTo(200);
        assertThat(web.get("/readyz").text()).isEqualTo("[+] shards\n");
        submit("a");
        assertThat(web.get("/metrics").text())
                .contains("leasehold_http_requests_seconds_count{method=\"POST\",route=\"/v1/tasks\",status=\"201\"} 1")
                .contains("leasehold_tasks_accepted_total");
    }

    @Test
    void answersAreCountedByWhatTheySayFromTheStartOn() {
        assertThat(web.get("/metrics").text())
                .contains("leasehold_http_answers_total{verdict=\"error\"} 0.0")
                .contains("leasehold_http_answers_total{verdict=\"overloaded\"} 0.0")
                .contains("leasehold_http_answers_total{verdict=\"unavailable\"} 0.0")
                .contains("leasehold_http_answers_total{verdict=\"invalid\"} 0.0");
        web.post("/v1/tasks", "{\"priority\":\"high\"}");
        assertThat(web.get("/metrics").text()).contains("leasehold_http_answers_total{verdict=\"invalid\"} 1.0");
    }
}

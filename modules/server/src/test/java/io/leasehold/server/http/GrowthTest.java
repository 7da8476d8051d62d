package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.core.task.Home;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two shards become four: shards 0 and 3 are here, 1 and 2 are there. */
class GrowthTest {
    private final InMemoryCluster cluster = new InMemoryCluster(2);
    private final String moved = idWithHomes(0, 2);
    private TestCoordinator here;
    private TestCoordinator there;
    private Web web;

    @BeforeEach
    void start() {
        here = new TestCoordinator("here", cluster);
        there = new TestCoordinator("there", cluster);
        web = new Web(here.url());
        cluster.assign(0, "here");
        cluster.assign(1, "there");
        await().until(() -> here.desk().owns(0) && there.desk().owns(1));
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
    }

    private void grow() {
        cluster.grow(4);
        cluster.assign(2, "there");
        cluster.assign(3, "here");
        await().until(() -> there.desk().owns(2) && here.desk().owns(3));
        await().until(() ->
                IntStream.range(0, 4).allMatch(shard -> cluster.map().ownerOf(shard) != null));
    }

    @Test
    void idsFromBeforeAGrowthAreFoundByAllThoughTheirHomeIsAnotherNow() {
        assertThat(submit(web, moved).json().at("/shard").asInt()).isZero();
        grow();

        for (String url : new String[] {here.url(), there.url()}) {
            assertThat(new Web(url)
                            .get("/v1/tasks/" + moved)
                            .json()
                            .at("/state")
                            .asText())
                    .isEqualTo("ready");
        }
        assertThat(new Web(there.url())
                        .delete("/v1/tasks/" + moved)
                        .json()
                        .at("/state")
                        .asText())
                .isEqualTo("cancelled");
        assertThat(web.delete("/v1/tasks/" + moved).status()).isEqualTo(200);
    }

    @Test
    void idsThatNobodyKnowsAreUnknownOnlyWhenAllHomesSaySo() {
        grow();
        assertThat(web.get("/v1/tasks/" + moved).status()).isEqualTo(404);

        cluster.claimFor(2, "there");
        there.close();
        await().until(() -> cluster.map().member("there") == null);

        assertThat(web.get("/v1/tasks/" + moved).status()).isEqualTo(503);
    }

    @Test
    void whoHasNotHeardOfAGrowthIsNotToldThatAnIdIsUnknown() {
        grow();
        String path = "/v1/tasks/" + moved + "?shard=0&shards=";

        assertThat(web.get(path + 4, "leasehold-forwarded", "there").status()).isEqualTo(404);
        Reply late = web.get(path + 2, "leasehold-forwarded", "there");

        assertThat(late.status()).isEqualTo(503);
        assertThat(late.json().at("/code").asText()).isEqualTo("not-admitted-yet");
    }

    @Test
    void newTasksGoToTheNewHome() {
        grow();

        assertThat(submit(web, moved).json().at("/shard").asInt()).isEqualTo(2);
        assertThat(new Web(there.url()).get("/v1/tasks/" + moved).status()).isEqualTo(200);
    }

    @Test
    void deadTaskFromBeforeAGrowthIsRedrivenById() {
        submit(web, moved, "\"maxAttempts\":1");
        String lease = web.post("/v1/poll", "{\"worker\":\"w\",\"queues\":[\"default\"],\"max\":1,\"waitMs\":0}")
                .json()
                .at("/leases/0/lease")
                .asText();
        web.post(
                "/v1/report", "{\"worker\":\"w\",\"reports\":[{\"lease\":\"" + lease + "\",\"outcome\":\"failure\"}]}");
        grow();

        Reply reply = new Web(there.url())
                .post("/v1/dead/redrive", "{\"ids\":[\"" + moved + "\",\"" + idWithHomes(1, 3) + "\"]}");

        assertThat(reply.json().at("/redriven").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/notDead").asInt()).isEqualTo(1);
    }

    @Test
    void whatOperatorsAskForIsCheckedAndPassedOn() {
        assertThat(web.post("/v1/shards/grow", "{\"shards\":8}").status()).isEqualTo(200);
        assertThat(web.post("/v1/shards/move", "{\"shard\":1,\"to\":\"here\"}").status())
                .isEqualTo(200);
        assertThat(web.post("/v1/shards/move", "{\"shard\":1}").status()).isEqualTo(200);
        assertThat(web.post("/v1/coordinators/drain", "{\"coordinator\":\"there\"}")
                        .status())
                .isEqualTo(200);
        assertThat(web.post("/v1/coordinators/drain", "{\"coordinator\":\"there\",\"drain\":false}")
                        .status())
                .isEqualTo(200);
        assertThat(here.operations().asked())
                .containsExactly("grow to 8", "shard 1 to here", "shard 1 to null", "drain there", "undrain there");

        assertThat(web.post("/v1/shards/grow", "{}").text()).contains("shards: none (expected: an integer");
        assertThat(web.post("/v1/shards/grow", "{\"shards\":1025}").status()).isEqualTo(400);
        assertThat(web.post("/v1/shards/move", "{\"to\":\"here\"}").text()).contains("shard: none (expected: ");
        assertThat(web.post("/v1/coordinators/drain", "{\"coordinator\":\"nobody\"}")
                        .text())
                .contains("coordinator: nobody (expected: one of [c1])");
        Reply away = web.post("/v1/shards/grow", "{\"shards\":13}");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.json().at("/code").asText()).isEqualTo("store-unreachable");
    }

    private static Reply submit(Web web, String id, String... more) {
        String rest = more.length == 0 ? "" : "," + more[0];
        return web.post("/v1/tasks", "{\"id\":\"" + id + "\"" + rest + "}");
    }

    private static String idWithHomes(int before, int after) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "t" + i)
                .filter(id -> Home.of(id, 2) == before && Home.of(id, 4) == after)
                .findFirst()
                .orElseThrow();
    }
}

package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is not told what became of a task without an id is told the id that it was given, and may use that again. */
class AssignedIdTest extends EdgeCase {
    private static final String ASSIGNED = "~[01]\\.[A-Za-z0-9_-]{24}";

    @Test
    void taskOfUnknownOutcomeIsTakenOnceUnderTheIdThatTheErrorNames() {
        failAppends(true);
        Reply lost = web.post("/v1/tasks", "{}");
        failAppends(false);

        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.json().at("/code").asText()).isEqualTo("outcome-unknown");
        String id = lost.json().at("/id").asText();
        assertThat(id).matches(ASSIGNED);
        assertThat(lost.json().at("/detail").asText()).contains(id).doesNotContain("repeating");
        takenOnce(id);
    }

    @Test
    void eachTaskOfAnArrayIsNamed() {
        failAppends(true);
        Reply lost = web.post("/v1/tasks", "[{},{\"id\":\"own\"},{\"id\":\"\"}]");
        failAppends(false);

        assertThat(lost.status()).isEqualTo(207);
        for (int i = 0; i < 2; i++) {
            JsonNode answer = lost.json().get(i);
            assertThat(answer.at("/error/code").asText()).isEqualTo("outcome-unknown");
            assertThat(answer.at("/error/detail").asText())
                    .contains(answer.at("/id").asText());
        }
        assertThat(lost.json().at("/0/id").asText()).matches(ASSIGNED);
        assertThat(lost.json().at("/1/id").asText()).isEqualTo("own");
        assertThat(lost.json().at("/2/id").isMissingNode()).isTrue();
        takenOnce(lost.json().at("/0/id").asText());
    }

    @Test
    void whereNothingWasDoneNoIdIsNamedAndNothingElseIsPromised() {
        try (TestCoordinator bare = new TestCoordinator("bare", new InMemoryCluster(2))) {
            Reply refused = new Web(bare.url()).post("/v1/tasks", "{}");

            assertThat(refused.json().at("/code").asText()).isEqualTo("no-owner");
            assertThat(refused.json().has("id")).isFalse();
        }
    }

    @Test
    void idThatNobodyAssignedIsRefused() {
        String id = web.post("/v1/tasks", "{}").json().at("/id").asText();
        assertThat(id).matches(ASSIGNED);
        String otherShard = "~" + (id.charAt(1) == '0' ? 1 : 0) + id.substring(2);
        String otherText = id.substring(0, 3) + (id.charAt(3) == 'A' ? 'B' : 'A') + id.substring(4);
        String otherSeal = id.substring(0, 26) + (id.charAt(26) == 'A' ? 'B' : 'A');
        String longer = "~0" + id.substring(1);
        for (String forged :
                List.of(otherShard, otherText, otherSeal, longer, "~0.1234567890123456789-AbCd", "~0.x", "~")) {
            Reply reply = web.post("/v1/tasks", "{\"id\":\"" + forged + "\"}");
            assertThat(reply.status()).as(forged).isEqualTo(422);
            assertThat(reply.json().at("/field").asText()).isEqualTo("id");
            JsonNode item = web.post("/v1/tasks", "[{\"id\":\"" + forged + "\"}]")
                    .json()
                    .get(0);
            assertThat(item.at("/error/code").asText()).isEqualTo("invalid-task");
        }
        takenOnce(web.post("/v1/tasks", "{\"id\":\"" + id + "\"}")
                .json()
                .at("/id")
                .asText());
    }

    @Test
    void idIsAssignedBeforeTheTaskGoesToAnotherCoordinatorWhoseAnswerMayBeLost() throws Exception {
        List<String> bodies = Collections.synchronizedList(new ArrayList<>());
        try (Other mute = new Other(request -> request.body().onSuccess(body -> bodies.add(body.toString())));
                TestCoordinator bare = bareBeside(mute)) {
            Reply lost = new Web(bare.url()).post("/v1/tasks", "{}");

            assertThat(lost.json().at("/code").asText()).as(lost.text()).isEqualTo("outcome-unknown");
            assertThat(lost.json().at("/id").asText()).matches(ASSIGNED);
            assertThat(bodies).hasSize(1);
            assertThat(bodies.get(0)).contains(lost.json().at("/id").asText());
        }
    }

    @Test
    void ownerOfAnOlderReleaseThatTakesNoAssignedIdsAssignsOneItself() throws Exception {
        try (Other old = new Other(request -> request.body().onSuccess(body -> {
                    String answer = body.toString().contains("\"id\"")
                            ? "[{\"error\":{\"type\":\"urn:leasehold:problem:invalid-task\",\"title\":\"t\",\"status\":422,"
                                    + "\"code\":\"invalid-task\",\"field\":\"id\"}}]"
                            : "[{\"id\":\"~0.old\",\"shard\":0}]";
                    request.response()
                            .putHeader("content-type", "application/json")
                            .end(Buffer.buffer(answer));
                }));
                TestCoordinator bare = bareBeside(old)) {
            Reply taken = new Web(bare.url()).post("/v1/tasks", "{}");

            assertThat(taken.status()).as(taken.text()).isEqualTo(201);
            assertThat(taken.json().at("/id").asText()).isEqualTo("~0.old");
        }
    }

    private TestCoordinator bareBeside(Other other) {
        cluster.join("other", other.url());
        TestCoordinator bare = new TestCoordinator("bare", cluster);
        cluster.claimFor(0, "other");
        cluster.claimFor(1, "other");
        return bare;
    }

    /** A coordinator of few words, which owns all shards by the map. */
    private static final class Other implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final HttpServer server;

        Other(Handler<HttpServerRequest> handler) throws Exception {
            server = vertx.createHttpServer()
                    .requestHandler(handler)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        }

        String url() {
            return "http://127.0.0.1:" + server.actualPort();
        }

        @Override
        public void close() {
            vertx.close();
        }
    }

    private void failAppends(boolean failing) {
        coordinator.logs(0).failAppends(failing);
        coordinator.logs(1).failAppends(failing);
    }

    private void takenOnce(String id) {
        String task = "{\"id\":\"" + id + "\"}";
        await().until(() -> web.post("/v1/tasks", task).status() == 201);
        Reply again = web.post("/v1/tasks", "[" + task + "]");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().at("/0/duplicate").asBoolean()).isTrue();
        assertThat(web.get("/v1/tasks/" + id).json().at("/state").asText()).isEqualTo("ready");
    }
}

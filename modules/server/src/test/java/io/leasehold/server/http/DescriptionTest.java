package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.api.OpenApi;
import io.leasehold.server.testkit.Described;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web.Reply;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the interface names what the router knows, no less and no more, and is served by it. */
class DescriptionTest extends EdgeCase {
    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        TreeSet<String> described = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path :
                Described.document().get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(method -> described.add(method + " " + path.getKey()));
        }

        assertThat(routes()).isEqualTo(described);
    }

    private TreeSet<String> routes() {
        TreeSet<String> routes = new TreeSet<>();
        Vertx vertx = Vertx.vertx();
        try {
            Loop loop = new Loop(vertx, vertx.getOrCreateContext(), coordinator.context());
            EdgeOptions options = TestCoordinator.options();
            EdgeState state = EdgeState.of(coordinator.context(), options);
            for (Route route : new EdgeRouter(loop, options, state, new Callers(state, options))
                    .router()
                    .getRoutes()) {
                if (route.methods() != null) {
                    String path = route.getName().replaceAll(":(\\w+)", "{$1}");
                    route.methods()
                            .forEach(method ->
                                    routes.add(method.name().toLowerCase(java.util.Locale.ROOT) + " " + path));
                }
            }
        } finally {
            vertx.close();
        }
        return routes;
    }

    @Test
    void descriptionIsServed() throws Exception {
        Reply reply = web.get("/openapi.json");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(new ObjectMapper().readTree(OpenApi.document()));
    }

    @Test
    void examplesOfRequestsAreTakenByARunningCoordinator() {
        submit("leased");
        String lease = leaseOf("leased");
        String exampleLease = Described.document()
                .at("/paths/~1v1~1heartbeat/post/requestBody/content/application~1json/examples/one/value/leases/0")
                .asText();
        List<String> asked = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path :
                Described.document().get("paths").properties()) {
            for (JsonNode example : path.getValue().at("/post/requestBody/content/application~1json/examples")) {
                String body = example.get("value")
                        .toString()
                        .replace("\"waitMs\":20000", "\"waitMs\":0")
                        .replace("\"expected\":17", "\"expected\":0")
                        .replace(exampleLease, lease);
                Reply reply = web.post(path.getKey(), body);
                assertThat(reply.status())
                        .as(path.getKey() + " " + body + " " + reply.text())
                        .isIn(200, 201);
                asked.add(path.getKey());
            }
        }
        assertThat(asked).hasSizeGreaterThan(8);
    }

    @Test
    void wholeLifeOfATaskIsAnsweredAsDescribed() {
        submit("described");
        String lease = leaseOf("described");
        web.get("/v1/tasks/described");
        web.post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"" + lease + "\",\"k1.0.1.x\"]}");
        report(lease, "\"outcome\":\"failure\",\"error\":\"e\",\"retryable\":false");
        web.get("/v1/tasks/described");
        web.get("/v1/dead?limit=1&queue=default&shards=0,1");
        web.get("/v1/queues/default?shards=0");
        web.get("/v1/queues?limit=1&after=a");
        web.get("/v1/inboxes");
        web.get("/v1/cluster");
        web.get("/livez");
        web.get("/readyz");
        web.get("/metrics");
        assertThat(web.post("/v1/dead/redrive", "{\"ids\":[\"described\",\"other\"]}")
                        .json()
                        .at("/redriven")
                        .asInt())
                .isEqualTo(1);
        assertThat(web.post("/v1/dead/purge", "{\"queue\":\"default\",\"expected\":7}")
                        .status())
                .isEqualTo(409);
        assertThat(web.delete("/v1/tasks/described").status()).isEqualTo(200);
        assertThat(web.delete("/v1/tasks/unknown").status()).isEqualTo(404);
        assertThat(web.get("/v1/dead?limit=0").status()).isEqualTo(400);
        assertThat(web.send("PUT", "/v1/tasks/described", "{}").status()).isEqualTo(405);
        assertThat(web.get("/v2").status()).isEqualTo(404);
    }
}

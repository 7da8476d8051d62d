package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task is not leased to a client that went away. */
class GoneClientTest {
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private TestCoordinator coordinator;
    private Web web;

    @BeforeEach
    void start() {
        coordinator = new TestCoordinator("c1", cluster);
        web = new Web(coordinator.url());
        cluster.assign(0, "c1");
        await().until(() -> coordinator.desk().owns(0));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void pollOfAClosedConnectionIsDropped() throws Exception {
        String body = EdgeCase.pollBody("default", 20_000);
        try (Socket socket = new Socket("127.0.0.1", coordinator.port())) {
            String request =
                    "POST /v1/poll HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                            + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> parked() == 1);
        }

        await().until(() -> parked() == 0);
        nextWorkerGetsItAsTheFirst();
    }

    @Test
    void pollOfAResetStreamIsDroppedAndItsNeighboursWaitOn() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            List<HttpClientRequest> polls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                HttpClientRequest poll = client.request(new RequestOptions()
                                .setMethod(HttpMethod.POST)
                                .setAbsoluteURI(coordinator.url() + "/v1/poll")
                                .putHeader("content-type", "application/json"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS);
                poll.send(Buffer.buffer(EdgeCase.pollBody("default", 20_000)));
                polls.add(poll);
            }
            await().until(() -> parked() == 50);

            polls.subList(0, 30).forEach(HttpClientRequest::reset);

            await().until(() -> parked() == 20);
            assertThat(web.get("/metrics").text()).contains("leasehold_http_gone_total 30.0");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
        await().until(() -> parked() == 0);
        nextWorkerGetsItAsTheFirst();
    }

    private int parked() {
        return coordinator.desk().lines().waiting();
    }

    private void nextWorkerGetsItAsTheFirst() {
        web.post("/v1/tasks", "{\"id\":\"a\"}");
        JsonNode lease =
                web.post("/v1/poll", EdgeCase.pollBody("default", 5_000)).json().at("/leases/0");
        assertThat(lease.at("/task/id").asText()).isEqualTo("a");
        assertThat(lease.at("/attempt").asInt()).isEqualTo(1);
    }
}

package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is named in the answer, and the coordinator goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private TestCoordinator coordinator;
    private Web web;

    @BeforeAll
    void start() {
        InMemoryCluster cluster = new InMemoryCluster(1);
        coordinator = new TestCoordinator("c1", cluster);
        web = new Web(coordinator.url());
        cluster.assign(0, "c1");
        await().until(() -> coordinator.desk().owns(0));
    }

    @AfterAll
    void stop() {
        coordinator.close();
    }

    static Stream<Arguments> requests() {
        String task = "/v1/tasks";
        String poll = "/v1/poll";
        return Stream.of(
                post(task, "{", 422, "invalid-task", "task: unreadable at line 1"),
                post(task, "", 422, "invalid-task", "task: none"),
                post(task, "7", 422, "invalid-task", "task: 7 (expected: one JSON object"),
                post(task, "[]", 422, "invalid-task", "tasks: [] (expected: 1 to 1000 tasks)"),
                post(task, "{\"colour\":1}", 422, "invalid-task", "colour: "),
                post(task, "{\"id\":\"a\",\"id\":\"b\"}", 422, "invalid-task", "Duplicate"),
                post(task, "{\"id\":\"~0.x\"}", 422, "invalid-task", "id: \"~0.x\""),
                post(task, "{\"priority\":\"high\"}", 422, "invalid-task", "priority: "),
                post(task, "{\"leaseMs\":1}", 422, "invalid-task", "leaseMs: 1 (expected: "),
                post(task, "{\"payload\":\"" + "x".repeat(20_000) + "\"}", 422, "invalid-task", "task: 20"),
                post(task, "{\"payload\":\"" + "x".repeat(120_000) + "\"}", 413, "too-large", "body: "),
                get("/v1/tasks/%ff", 400, "invalid-request", "target: "),
                get("/v1/tasks/%ed%a0%80", 400, "invalid-request", "target: "),
                get("/v1/dead?queue=%C3", 400, "invalid-request", "target: "),
                post(poll, "{}", 400, "invalid-request", ""),
                post(
                        poll,
                        "{\"worker\":\"w\",\"queues\":[],\"max\":1,\"waitMs\":0}",
                        400,
                        "invalid-request",
                        "queues: "),
                post(
                        poll,
                        "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1,\"waitMs\":25001}",
                        400,
                        "invalid-request",
                        "waitMs: 25001 (expected: an integer from 0 to 25000)"),
                post(
                        poll,
                        "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1001,\"waitMs\":0}",
                        400,
                        "invalid-request",
                        "max: 1001"),
                post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[]}", 400, "invalid-request", "leases: "),
                post("/v1/heartbeat", "{\"worker\":\"w\",\"leases\":[\"x\"]}", 400, "invalid-request", "leases[0]: x"),
                post(
                        "/v1/report",
                        "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"won\"}]}",
                        400,
                        "invalid-request",
                        "reports[0].outcome: won"),
                post("/v1/dead/redrive", "{}", 400, "invalid-request", "either ids or queue"),
                post(
                        "/v1/dead/purge",
                        "{\"queue\":\"q\"}",
                        400,
                        "invalid-request",
                        "how many tasks of the queue are dead"),
                get("/v1/dead?limit=0", 400, "invalid-request", "limit: 0 (expected: an integer from 1 to 1000)"),
                get("/v1/dead?after=x", 400, "invalid-request", "after: x"),
                get(
                        "/v1/queues?limit=1001",
                        400,
                        "invalid-request",
                        "limit: 1001 (expected: an integer from 1 to 1000)"),
                get("/v1/queues?after=%00", 400, "invalid-request", "after: "),
                get("/v1/queues?after=", 400, "invalid-request", "after: "),
                get("/v1/queues?shards=7", 400, "invalid-request", "shards: 7 (expected: an integer from 0 to 0)"),
                get("/v1/tasks/" + "x".repeat(201), 400, "invalid-request", "id: xxx"),
                get("/v1/tasks/nobody", 404, "unknown-task", "id: nobody (expected: the id of a known task)"),
                get("/v2/tasks", 404, "not-found", "/v2/tasks"));
    }

    private static Arguments post(String path, String body, int status, String code, String detail) {
        return arguments("POST", path, body, status, code, detail);
    }

    private static Arguments get(String path, int status, String code, String detail) {
        return arguments("GET", path, null, status, code, detail);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyFaultIsNamed(String method, String path, String body, int status, String code, String detail) {
        Reply reply = web.send(method, path, body);

        assertThat(reply.json().at("/detail").asText()).contains(detail);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        assertThat(reply.json().at("/code").asText()).isEqualTo(code);
        assertThat(reply.json().at("/type").asText()).isEqualTo("urn:leasehold:problem:" + code);
        assertThat(reply.json().at("/instance").asText()).startsWith("/v");
        assertThat(web.get("/livez").status()).isEqualTo(200);
    }

    @Test
    void bodyMustBeJsonAsItStands() {
        Reply form = web.post("/v1/tasks", "{}", "content-type", "application/x-www-form-urlencoded");
        Reply zipped = web.post("/v1/tasks", "{}", "content-encoding", "gzip");

        assertThat(form.status()).isEqualTo(415);
        assertThat(form.json().at("/detail").asText())
                .isEqualTo("content-type: application/x-www-form-urlencoded (expected: application/json)");
        assertThat(zipped.status()).isEqualTo(415);
        assertThat(zipped.json().at("/detail").asText()).isEqualTo("content-encoding: gzip (expected: none)");
        assertThat(web.post("/v1/tasks", "{}", "content-type", "application/json; charset=utf-8")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void methodThatAPathDoesNotKnowIsAnsweredWithThoseItDoes() {
        Reply reply = web.send("PUT", "/v1/tasks/a", "{}");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("DELETE, GET");
        assertThat(reply.json().at("/code").asText()).isEqualTo("method-not-allowed");
    }

    @Test
    void ageThatIsNoNumberIsRefused() {
        Reply reply = web.post("/v1/poll", EdgeCase.pollBody("q", 0), "leasehold-age-ms", "-4");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/detail").asText()).startsWith("leasehold-age-ms: -4 (expected: milliseconds");
    }

    @Test
    void bodyThatDoesNotArriveEndsTheConnection() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", coordinator.port())) {
            socket.setSoTimeout(10_000);
            String head = "POST /v1/tasks HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    + "content-length: 100\r\n\r\n{";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();

            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks/%", "/v1/tasks/%zz", "/v1/tasks/a%2", "/v1/dead?limit=%zz", "/v1/tasks/a?x=%-1"})
    void escapeThatIsNoneIsTheClientsFault(String target) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", coordinator.port())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + target + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("target: " + target);
        }
    }

    @Test
    void headersThatAreTooLongAreRefused() {
        assertThat(web.get("/livez", "x-long", "x".repeat(9_000)).status()).isBetween(400, 431);
    }
}

package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.testkit.LoggedErrors;
import io.leasehold.server.testkit.RawHttp;
import io.leasehold.server.testkit.RawHttp2;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that HTTP forbids are the client's fault, whichever they are: no 5xx, no stack trace, no open connection. */
class RequestHeadTest extends EdgeCase {
    static Stream<Arguments> heads() {
        return Stream.of(
                Arguments.of("GET /livez HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n", 400),
                Arguments.of("GET /livez HTTP/1.1\r\n\r\n", 400),
                Arguments.of("GET /livez HTTP/1.1\r\nhost: localhost\r\nexpect: teapot\r\n\r\n", 417),
                Arguments.of(
                        "GET /livez HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\nexpect: x\r\n\r\n", 417),
                Arguments.of("GET /livez HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                Arguments.of("GET /livez HTTP/1.1\r\nhost: localhost\r\nbroken header\r\n\r\n", 400),
                Arguments.of("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nhost: localhost\r\n\r\n", 414),
                Arguments.of("GET / HTTP/1.1\r\nhost: localhost\r\nx: " + "x".repeat(9_000) + "\r\n\r\n", 431));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void headThatHttpForbidsIsRefusedAndItsConnectionEnds(String head, int status) {
        try (LoggedErrors errors = new LoggedErrors()) {
            assertThat(RawHttp.exchange(coordinator.port(), head)).matches("(?s)HTTP/1.[01] " + status + " .*");
            assertThat(errors.list()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000004", "7fffffff", "-1", "zz", "0x10"})
    void chunkSizeThatIsNoneIsTheClientsFault(String size) {
        try (LoggedErrors errors = new LoggedErrors()) {
            String answer = RawHttp.exchange(
                    coordinator.port(),
                    "POST /v1/tasks HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                            + "transfer-encoding: chunked\r\n\r\n" + size + "\r\n" + "[".repeat(200_000));

            assertThat(answer).matches("(?s)(HTTP/1.1 (400|413).*)?");
            assertThat(errors.list()).isEmpty();
            assertThat(web.get("/metrics").text()).doesNotContainPattern("requests_seconds_count.*status=\"5");
        }
    }

    @Test
    void http10NeedsNoHost() {
        assertThat(RawHttp.exchange(coordinator.port(), "GET /livez HTTP/1.0\r\n\r\n"))
                .contains(" 200 OK")
                .endsWith("ok\n");
    }

    @Test
    void bodyThatIsTooLargeIsRefusedBeforeItIsSent() {
        String answer = RawHttp.exchange(
                coordinator.port(),
                "POST /v1/tasks HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "expect: 100-continue\r\ncontent-length: 17000000\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").doesNotContain("100 Continue");
    }

    @Test
    void bodyThatIsWaitedForIsAskedFor() {
        try (RawHttp raw = new RawHttp(coordinator.port())) {
            raw.write("POST /v1/tasks HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    + "expect: 100-continue\r\ncontent-length: 10\r\nconnection: close\r\n\r\n");
            raw.until("HTTP/1.1 100 Continue\r\n\r\n");
            raw.write("{\"id\":\"a\"}");

            assertThat(raw.untilClosed()).startsWith("HTTP/1.1 201");
        }
    }

    @Test
    void lineEndInAHeaderOfHttp2IsRefused() {
        try (RawHttp2 raw = new RawHttp2(coordinator.port(), 65_535)) {
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(200);
            assertThat(raw.outcome(raw.get("/livez", "x", "a\r\nleasehold-forwarded: b")))
                    .isIn(400, -1);
            assertThat(raw.outcome(raw.get("/livez", "transfer-encoding", "chunked")))
                    .isIn(400, -1);
            assertThat(raw.outcome(raw.get("/livez", "expect", "teapot"))).isEqualTo(417);
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(200);
        }
    }

    @Test
    void answersAreNothingToGuessAtAndNothingToKeep() {
        submit("a");
        for (String path : new String[] {"/v1/tasks/a", "/v1/tasks/none", "/livez", "/metrics", "/nowhere"}) {
            assertThat(web.get(path).header("x-content-type-options")).as(path).isEqualTo("nosniff");
            assertThat(web.get(path).header("cache-control")).as(path).isEqualTo("no-store");
        }
    }

    @Test
    void requestOfHttp2WithABodyIsTaken() {
        try (RawHttp2 raw = new RawHttp2(coordinator.port(), 65_535)) {
            byte[] task = "{\"id\":\"h2\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(raw.outcome(raw.request("POST", "/v1/tasks", task, "content-type", "application/json")))
                    .isEqualTo(201);
        }
    }
}

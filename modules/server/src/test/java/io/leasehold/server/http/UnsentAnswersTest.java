package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.server.testkit.RawHttp;
import io.leasehold.server.testkit.RawHttp2;
import io.leasehold.server.testkit.TestCoordinator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that ask and do not read hold no more memory than they may, and not for long. */
class UnsentAnswersTest extends EdgeCase {
    private static final int STALL_MS = 3_000;
    private static final int TASK_BYTES = 19_000;
    private static final int FIT = TestCoordinator.MAX_UNSENT_CONNECTION_BYTES / TASK_BYTES;

    @Override
    EdgeOptions options() {
        return TestCoordinator.options(10_000, STALL_MS);
    }

    @Test
    void answersThatNobodyReadsAreBoundedOnOneConnection() {
        submitLarge();
        try (RawHttp2 slow = new RawHttp2(coordinator.port(), 0)) {
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                streams.add(slow.get("/v1/tasks/large"));
            }

            List<Integer> outcomes = streams.stream().map(slow::outcome).toList();
            assertThat(outcomes).contains(200);
            assertThat(outcomes.stream().filter(outcome -> outcome == 200).count())
                    .isLessThanOrEqualTo(FIT);
            assertThat(outcomes).allMatch(outcome -> outcome == 200 || outcome == 503 || outcome == RawHttp2.REFUSED);
            assertThat(held()).isLessThanOrEqualTo(TestCoordinator.MAX_UNSENT_CONNECTION_BYTES + 400 * 1_024L);
            assertThat(web.get("/v1/tasks/large").status()).isEqualTo(200);
        }
        await().until(() -> held() == 0);
    }

    @Test
    void clientThatTakesNothingIsDisconnectedOrItsStreamReset() {
        submitLarge();
        try (RawHttp2 slow = new RawHttp2(coordinator.port(), 0)) {
            int stream = slow.get("/v1/tasks/large");

            assertThat(slow.outcome(stream)).isEqualTo(200);
            assertThat(slow.end(stream)).isIn(-8, RawHttp2.CLOSED);
        }
        assertThat(refused("stalled")).isEqualTo(1);
        await().until(() -> held() == 0);
    }

    @Test
    void clientThatReadsSlowlyGetsItsAnswer() {
        submitLarge();
        try (RawHttp2 slow = new RawHttp2(coordinator.port(), 0)) {
            for (int i = 0; i < 3 * FIT; i++) {
                int stream = slow.get("/v1/tasks/large");
                // The head goes out with the first byte behind it.
                slow.allow(stream, 2 * TASK_BYTES);
                slow.allow(0, 2 * TASK_BYTES);
                assertThat(slow.outcome(stream)).as(slow::farewell).isEqualTo(200);
                await().until(() -> held() == 0);
            }
        }
        assertThat(refused("answers")).isZero();
    }

    @Test
    void clientThatTakesBackOneRequestAfterTheOtherIsCutOff() {
        int most = options().maxStreams();
        try (RawHttp2 hasty = new RawHttp2(coordinator.port(), 65_535)) {
            assertThat(hasty.streamsAllowed()).isEqualTo(most);
            byte[] poll = pollBody("none", 20_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int i = 0; i < 2 * most + 10; i++) {
                hasty.reset(hasty.request("POST", "/v1/poll", poll, "content-type", "application/json"));
            }

            assertThat(hasty.outcome(hasty.get("/livez"))).isEqualTo(RawHttp2.CLOSED);
        }
        await().untilAsserted(() -> assertThat(refused("resets")).isEqualTo(1));
        await().until(() -> coordinator.desk().lines().waiting() == 0);
    }

    @Test
    void largeAnswerArrivesWholeOverHttp1() {
        submitLarge();
        String answer = RawHttp.exchange(
                coordinator.port(), "GET /openapi.json HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");

        assertThat(answer).contains("content-length: ").endsWith("}\n");
        assertThat(held()).isZero();
    }

    private void submitLarge() {
        String task = "{\"id\":\"large\",\"payload\":\"" + "x".repeat(TASK_BYTES - 300) + "\"}";
        assertThat(web.post("/v1/tasks", task).status()).isEqualTo(201);
    }

    private long held() {
        return figure("leasehold_http_held_bytes{of=\"answers\"} ");
    }

    private long refused(String reason) {
        return figure("leasehold_http_refused_total{reason=\"" + reason + "\"} ");
    }

    private long figure(String name) {
        return Scrape.of(coordinator).figure(name);
    }
}

package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.server.testkit.RawHttp;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bodies hold in memory is bounded, each by where it goes, and all together. */
class BodyBudgetTest extends EdgeCase {
    private static final int PART = 90_000;
    private static final int FIT = TestCoordinator.MAX_BODIES_BYTES / PART;

    @Override
    EdgeOptions options() {
        return TestCoordinator.options(10_000);
    }

    @Test
    void unfinishedBodiesAreTakenUpToTheirBudgetAndTheNextIsRefused() {
        List<RawHttp> unfinished = new ArrayList<>();
        try {
            for (int i = 0; i < FIT; i++) {
                unfinished.add(unfinished(coordinator.port()));
                int sent = (i + 1) * PART;
                await().until(() -> held() == sent);
            }

            try (RawHttp tooMany = unfinished(coordinator.port())) {
                assertThat(tooMany.untilClosed())
                        .startsWith("HTTP/1.1 429")
                        .contains("\"code\":\"overloaded\"")
                        .contains("retry-after: 1");
            }
            assertThat(held()).isLessThanOrEqualTo(TestCoordinator.MAX_BODIES_BYTES);
            assertThat(web.get("/livez").status()).isEqualTo(200);
            assertThat(refused("bodies")).isEqualTo(1);
        } finally {
            unfinished.forEach(RawHttp::close);
        }
        await().until(() -> held() == 0);
        submit("after");
    }

    @Test
    void bodyIsHeldUntilItsAnswerAndAParkedPollHoldsNone() throws Exception {
        CompletableFuture<Reply> poll = pollLater("q", 20_000);
        await().until(() -> coordinator.desk().lines().waiting() == 1);

        assertThat(held()).isZero();
        coordinator.edge().drain();
        assertThat(poll.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/poll", "/v1/shards/grow", "/v1/shards/move", "/v1/coordinators/drain"})
    void bodyOfAFewWordsMayNotBeLarge(String path) {
        BodyLimits limits = new BodyLimits(16 << 20, 490_000);
        assertThat(limits.words().most()).isEqualTo(256 << 10);

        Reply reply = web.post(path, " ".repeat(TestCoordinator.MAX_BODY_BYTES + 1));
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void onlyAnArrayOfTasksTakesAllThatIsAllowed() {
        BodyLimits limits = new BodyLimits(16 << 20, 490_000);

        assertThat(limits.tasks().mostOf(io.vertx.core.buffer.Buffer.buffer("  \n[")))
                .isEqualTo(16 << 20);
        assertThat(limits.tasks().mostOf(io.vertx.core.buffer.Buffer.buffer(" {")))
                .isEqualTo(1 << 20);
        assertThat(limits.tasks().mostOf(io.vertx.core.buffer.Buffer.buffer("   ")))
                .isEqualTo(1 << 20);
        assertThat(new BodyLimits(16 << 20, 2 << 20).tasks().mostOf(io.vertx.core.buffer.Buffer.buffer("{")))
                .isEqualTo(4 << 20);
    }

    @Test
    void whatHonestClientsSendFits() {
        BodyLimits limits = new BodyLimits(16 << 20, 490_000);

        // A thousand tokens of 512, a thousand ids of 200 bytes in escapes of six characters for two bytes.
        assertThat(limits.heartbeat().most()).isGreaterThan(1_000 * 514 + 300);
        assertThat(limits.redrive().most()).isGreaterThan(1_000 * 603 + 300);
        assertThat(limits.report().most()).isEqualTo(16 << 20);
    }

    private RawHttp unfinished(int port) {
        RawHttp raw = new RawHttp(port);
        raw.write("POST /v1/tasks HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                + (PART + 1) + "\r\n\r\n" + "[".repeat(PART));
        return raw;
    }

    private long held() {
        return figure("leasehold_http_held_bytes{of=\"bodies\"} ");
    }

    private long refused(String reason) {
        return figure("leasehold_http_refused_total{reason=\"" + reason + "\"} ");
    }

    private long figure(String name) {
        return Scrape.of(coordinator).figure(name);
    }
}

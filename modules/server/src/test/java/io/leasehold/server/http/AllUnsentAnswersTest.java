package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.server.testkit.RawHttp2;
import io.leasehold.server.testkit.TestCoordinator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of many connections that do not read hold no more memory together than they may. */
class AllUnsentAnswersTest extends EdgeCase {
    /** None of them is given up, but for want of room. */
    private static final int STALL_MS = 300_000;

    private static final int TASK_BYTES = 19_000;
    private static final int FIT_ONE = TestCoordinator.MAX_UNSENT_CONNECTION_BYTES / (TASK_BYTES + 1_024);
    private static final int FIT_ALL = TestCoordinator.MAX_UNSENT_BYTES / (TASK_BYTES + 1_024);

    @Override
    EdgeOptions options() {
        return TestCoordinator.options(10_000, STALL_MS);
    }

    @Test
    void answersThatNobodyReadsAreBoundedOverAllConnections() {
        List<RawHttp2> slow = new ArrayList<>();
        try {
            askForMoreThanFits(slow);

            // An answer may be a little shorter than reckoned here.
            int tooMany = slow.size() * FIT_ONE - FIT_ALL - 5;
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(refused("answers") + refused("stalled")).isGreaterThanOrEqualTo(tooMany));
            assertThat(refused("answers")).isPositive();
            assertThat(held()).isLessThanOrEqualTo(TestCoordinator.MAX_UNSENT_BYTES + 100 * 1_024L);
            assertThat(web.get("/livez").status()).isEqualTo(200);
        } finally {
            slow.forEach(RawHttp2::close);
        }
        await().until(() -> held() == 0);
    }

    @Test
    void answersThatNobodyReadsSoonGiveWayWhenTheyFillTheBudget() {
        List<RawHttp2> slow = new ArrayList<>();
        try {
            askForMoreThanFits(slow);
            await().until(() -> refused("answers") > 0);

            assertThat(web.get("/v1/cluster").status()).as("a small answer").isEqualTo(200);
            await().untilAsserted(() -> assertThat(web.get("/v1/tasks/large").status())
                    .as("a large one")
                    .isEqualTo(200));
            assertThat(refused("stalled")).isPositive();
        } finally {
            slow.forEach(RawHttp2::close);
        }
    }

    private void askForMoreThanFits(List<RawHttp2> slow) {
        String task = "{\"id\":\"large\",\"payload\":\"" + "x".repeat(TASK_BYTES - 300) + "\"}";
        assertThat(web.post("/v1/tasks", task).status()).isEqualTo(201);
        for (int i = 0; i < 6; i++) {
            RawHttp2 one = new RawHttp2(coordinator.port(), 0);
            slow.add(one);
            for (int j = 0; j < FIT_ONE; j++) {
                one.get("/v1/tasks/large");
            }
        }
    }

    private long refused(String reason) {
        return Scrape.of(coordinator).figure("leasehold_http_refused_total{reason=\"" + reason + "\"} ");
    }

    private long held() {
        return Scrape.of(coordinator).figure("leasehold_http_held_bytes{of=\"answers\"} ");
    }
}

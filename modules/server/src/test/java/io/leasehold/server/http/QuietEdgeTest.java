package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.LoggedErrors;
import io.leasehold.server.testkit.RawHttp2;
import io.leasehold.server.testkit.TestCoordinator;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What clients do on their own account is no error of the coordinator's. */
class QuietEdgeTest extends EdgeCase {
    @Test
    void unfinishedBodyThatIsTakenBackIsNoError() {
        try (LoggedErrors errors = new LoggedErrors();
                RawHttp2 raw = new RawHttp2(coordinator.port(), 65_535)) {
            for (int i = 0; i < 20; i++) {
                int stream = raw.begin("POST", "/v1/tasks", "content-type", "application/json");
                raw.part(stream, "{\"id\":".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                raw.reset(stream);
            }
            int unfinished = raw.begin("POST", "/v1/tasks", "content-type", "application/json");
            raw.part(unfinished, "{".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(200);

            // One slow body ends its own stream alone.
            assertThat(raw.outcome(unfinished)).isEqualTo(-8);
            assertThat(raw.outcome(raw.get("/livez"))).isEqualTo(200);
            assertThat(errors.list()).isEmpty();
        }
        await().until(() -> Scrape.of(coordinator).figure("leasehold_http_held_bytes{of=\"bodies\"} ") == 0);
    }

    @Test
    void connectionsThatComeWhileItStopsAreNoError() throws Exception {
        for (int round = 0; round < 3; round++) {
            TestCoordinator stopping = new TestCoordinator("stopping", new InMemoryCluster(1));
            int port = stopping.port();
            AtomicBoolean stopped = new AtomicBoolean();
            Thread comer = new Thread(() -> {
                while (!stopped.get()) {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        socket.getOutputStream().write('G');
                    } catch (IOException e) {
                        // refused or reset: it stops
                    }
                }
            });
            try (LoggedErrors errors = new LoggedErrors()) {
                comer.start();
                stopping.close();
                stopped.set(true);
                comer.join();
                assertThat(errors.list()).isEmpty();
            }
        }
    }
}

package io.leasehold.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.client.LeaseholdWorker;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.server.testkit.TestCoordinator;
import io.leasehold.server.testkit.Web;
import io.leasehold.server.testkit.Web.Reply;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that stops, or leaves without a word, costs no task anything. */
@Timeout(60)
class StoppedWorkerTest {
    private static final String POLL =
            "{\"worker\":\"w\",\"queues\":[\"default\"],\"max\":1,\"waitMs\":20000,\"pollId\":\"p\"}";

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
    void threeRollingRestartsLeaveTheHeadTaskUnharmed() throws Exception {
        web.post("/v1/tasks", "{\"id\":\"head\",\"leaseMs\":1000}");
        for (int i = 0; i < 3; i++) {
            coordinator.logs(0).hold();
            double gone = gone();
            LeaseholdWorker worker = worker(new CountDownLatch(1)).start();
            await().until(() -> state("leased") == 1);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(worker::close);
            await().until(() -> gone() > gone);
            coordinator.logs(0).deliver();
            closed.get(20, SECONDS);
            await().atMost(Duration.ofMillis(900)).until(() -> state("ready") == 1);
        }

        CountDownLatch run = new CountDownLatch(1);
        try (LeaseholdWorker worker = worker(run).start()) {
            assertThat(run.await(20, SECONDS)).isTrue();
            await().until(() -> state("completed") == 1);
            assertThat(worker.id()).isNotEmpty();
        }
    }

    @Test
    void grantToAClientThatLeftIsGivenBackThoughItsPollHasAnId() throws Exception {
        web.post("/v1/tasks", "{\"id\":\"head\"}");
        coordinator.logs(0).hold();
        leaveWhileATaskIsLeased();

        coordinator.logs(0).deliver();

        await().until(() -> state("ready") == 1);
    }

    @Test
    void pollForNothingNewEndsThePollOfItsIdThatWaitsAndTakesNoTask() throws Exception {
        CompletableFuture<Reply> waiting = web.postLater("/v1/poll", POLL);
        await().until(() -> coordinator.desk().lines().waiting() == 1);
        CompletableFuture<Reply> other = web.postLater("/v1/poll", POLL.replace("\"p\"", "\"q\""));
        await().until(() -> coordinator.desk().lines().waiting() == 2);

        Reply settled = web.post("/v1/poll", POLL.replace("\"max\":1", "\"max\":0"));

        assertThat(settled.json().at("/leases")).isEmpty();
        assertThat(waiting.get(10, SECONDS).json().at("/leases")).isEmpty();
        web.post("/v1/tasks", "{\"id\":\"head\"}");
        assertThat(other.get(10, SECONDS).json().at("/leases/0/task/id").asText())
                .isEqualTo("head");
    }

    @Test
    void pollForNothingNewIsAnsweredAtOnceThoughTasksAreReady() {
        web.post("/v1/tasks", "{\"id\":\"head\"}");

        Reply settled = web.post("/v1/poll", POLL.replace("\"max\":1", "\"max\":0"));

        assertThat(settled.status()).isEqualTo(200);
        assertThat(settled.json().at("/leases")).isEmpty();
        assertThat(state("ready")).isEqualTo(1);
    }

    private void leaveWhileATaskIsLeased() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", coordinator.port())) {
            String request =
                    "POST /v1/poll HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                            + POLL.length() + "\r\n\r\n" + POLL;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> state("leased") == 1);
        }
        await().until(() -> gone() > 0);
    }

    private LeaseholdWorker worker(CountDownLatch run) {
        return LeaseholdWorker.builder(coordinator.url())
                .id("w-rolling")
                .stopOnSigterm(false)
                .onAny((task, payload) -> {
                    run.countDown();
                    return null;
                })
                .build();
    }

    private int state(String state) {
        return web.get("/v1/queues/default")
                .json()
                .at("/queues/0/states/" + state)
                .asInt();
    }

    private double gone() {
        String name = "leasehold_http_gone_total";
        return web.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}

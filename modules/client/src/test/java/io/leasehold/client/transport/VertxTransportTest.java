package io.leasehold.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leasehold.client.transport.Transport.Answer;
import io.leasehold.client.transport.Transport.Request;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VertxTransportTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger parked = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private HttpServer server;
    private VertxTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        transport = new VertxTransport();
    }

    @AfterEach
    void stop() throws Exception {
        transport.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void bodyStatusAndHeadersComeBack() throws Exception {
        byte[] body = "{\"é\":1}".getBytes(StandardCharsets.UTF_8);

        Answer answer =
                transport.send(Request.post(url(), "/echo?x=1", body, 5_000)).get();

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers()).containsEntry("x-type", "application/json").containsEntry("x-uri", "/echo?x=1");
        assertThat(answer.retryAfterMs()).isEqualTo(3_000);
    }

    @Test
    void largeAnswerArrivesWhole() throws Exception {
        assertThat(transport
                        .send(Request.get(url(), "/large/5000000", 10_000))
                        .get()
                        .body())
                .hasSize(5_000_000);
    }

    @Test
    void answerBeyondTheLimitIsAnError() {
        assertThatThrownBy(() -> transport
                        .send(Request.get(url(), "/large/17000000", 20_000))
                        .get())
                .hasMessageContaining("more than 16777216 bytes");
    }

    @Test
    void requestThatIsNotAnsweredInTimeFailsAndTheServerSeesItGo() {
        assertThatThrownBy(
                        () -> transport.send(Request.get(url(), "/park", 200)).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        await().until(() -> gone.get() == 1);
    }

    @Test
    void cancelledRequestIsSeenToGoAtOnce() {
        CompletableFuture<Answer> poll = transport.send(Request.get(url(), "/park", 30_000));
        await().until(() -> parked.get() == 1);

        poll.cancel(true);

        await().until(() -> gone.get() == 1);
    }

    @Test
    void parkedPollsDoNotKeepOtherRequestsFromPassing() throws Exception {
        List<CompletableFuture<Answer>> polls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            polls.add(transport.send(Request.get(url(), "/park", 30_000)));
        }
        await().until(() -> parked.get() == 30);

        assertThat(transport
                        .send(Request.get(url(), "/large/10", 5_000))
                        .get(5, TimeUnit.SECONDS)
                        .status())
                .isEqualTo(200);
        polls.forEach(poll -> poll.cancel(true));
    }

    @Test
    void connectionThatIsRefusedFailsAtOnce() {
        assertThatThrownBy(() -> transport
                        .send(Request.get("http://127.0.0.1:1", "/", 30_000))
                        .get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void addressThatIsNoneFails() {
        assertThatThrownBy(
                        () -> transport.send(Request.get("no url", "/", 1_000)).get())
                .hasMessageContaining("url: no url (expected: http://host:port)");
    }

    @Test
    void requestsUnderWayFailWhenTheTransportIsClosed() throws Exception {
        CompletableFuture<Answer> poll = transport.send(Request.get(url(), "/park", 30_000));
        await().until(() -> parked.get() == 1);
        CountDownLatch ended = new CountDownLatch(1);
        poll.whenComplete((answer, error) -> ended.countDown());

        transport.close();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(poll).isCompletedExceptionally();
        assertThat(transport.send(Request.get(url(), "/park", 30_000))).isCompletedExceptionally();
    }

    private String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/park")) {
            parked.incrementAndGet();
            request.response().closeHandler(any -> gone.incrementAndGet());
            return;
        }
        if (request.path().startsWith("/large/")) {
            int size = Integer.parseInt(request.path().substring("/large/".length()));
            request.response().end(Buffer.buffer(new byte[size]));
            return;
        }
        request.body()
                .onSuccess(body -> request.response()
                        .setStatusCode(429)
                        .putHeader("Retry-After", "3")
                        .putHeader("X-Type", request.getHeader("content-type"))
                        .putHeader("X-Uri", request.uri())
                        .end(body));
    }
}

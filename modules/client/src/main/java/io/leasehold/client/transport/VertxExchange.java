package io.leasehold.client.transport;

import io.leasehold.client.transport.Transport.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** One request and its answer; on the event loop, except where the future is completed by others. */
final class VertxExchange {
    private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;

    private final Vertx vertx;
    private final Transport.Request sent;
    private final CompletableFuture<Answer> answer;
    private final Buffer body = Buffer.buffer();
    private HttpClientRequest request;
    private long timer;

    VertxExchange(Vertx vertx, Transport.Request sent, CompletableFuture<Answer> answer) {
        this.vertx = vertx;
        this.sent = sent;
        this.answer = answer;
    }

    void begin(HttpClient client, RequestOptions options) {
        timer = vertx.setTimer(
                Math.max(1, sent.timeoutMs()),
                any -> answer.completeExceptionally(new TimeoutException(
                        sent.base() + sent.path() + " did not answer within " + sent.timeoutMs() + " ms")));
        answer.whenComplete((any, error) -> vertx.runOnContext(also -> end(error)));
        if (!answer.isDone()) {
            client.request(options).onComplete(this::onConnected, answer::completeExceptionally);
        }
    }

    private void onConnected(HttpClientRequest connected) {
        request = connected;
        if (answer.isDone()) {
            request.reset();
            return;
        }
        Buffer content = sent.body() == null ? Buffer.buffer() : Buffer.buffer(sent.body());
        request.send(content).onComplete(this::onHead, answer::completeExceptionally);
    }

    private void onHead(HttpClientResponse head) {
        head.exceptionHandler(answer::completeExceptionally);
        head.handler(this::onChunk);
        head.endHandler(any -> answer.complete(new Answer(head.statusCode(), body.getBytes(), headersOf(head))));
    }

    private void onChunk(Buffer chunk) {
        if (body.length() + chunk.length() > MOST_BODY_BYTES) {
            answer.completeExceptionally(new IOException(
                    "body: more than " + MOST_BODY_BYTES + " bytes (expected: at most that) from " + sent.base()));
            return;
        }
        body.appendBuffer(chunk);
    }

    private void end(Throwable error) {
        vertx.cancelTimer(timer);
        if (error != null && request != null) {
            request.reset();
        }
    }

    private static Map<String, String> headersOf(HttpClientResponse head) {
        Map<String, String> headers = new HashMap<>();
        head.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }
}

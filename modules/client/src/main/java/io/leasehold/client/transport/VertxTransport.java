package io.leasehold.client.transport;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Vert.x's HTTP client on one event loop, with pooled HTTP/1.1 connections.
 *
 * <p>HTTP/1.1 and not h2c: every server and proxy speaks it, and a poll that is given up closes its own connection, which
 * the other side notices at once. A worker has a handful of requests under way, so that multiplexing would save nothing.
 */
public final class VertxTransport implements Transport {
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int IDLE_SECONDS = 20;
    private static final int CONNECTIONS_EACH = 64;
    private static final int WAITING_EACH = 1_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final Set<CompletableFuture<Answer>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public VertxTransport() {
        this(CONNECTIONS_EACH);
    }

    /**
     * For a process with many workers that share it: each needs a connection while it waits for a task.
     *
     * @param connections at most to each coordinator
     */
    public VertxTransport(int connections) {
        vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS).setKeepAliveTimeout(IDLE_SECONDS),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(WAITING_EACH));
    }

    @Override
    public CompletableFuture<Answer> send(Request request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        RequestOptions options;
        try {
            options = options(request);
        } catch (RuntimeException e) {
            answer.completeExceptionally(
                    new IllegalArgumentException("url: " + request.base() + " (expected: http://host:port)", e));
            return answer;
        }
        underWay.add(answer);
        answer.whenComplete((any, error) -> underWay.remove(answer));
        if (closed) {
            answer.completeExceptionally(new IllegalStateException("the transport is closed"));
            return answer;
        }
        vertx.runOnContext(any -> new VertxExchange(vertx, request, answer).begin(client, options));
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(underWay)
                .forEach(answer -> answer.completeExceptionally(new IllegalStateException("the transport is closed")));
        client.close();
        vertx.close();
    }

    private static RequestOptions options(Request request) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(request.base() + request.path())
                .setMethod(HttpMethod.valueOf(request.method()))
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .putHeader("accept", "application/json, application/problem+json");
        if (request.body() != null) {
            options.putHeader("content-type", "application/json");
        }
        request.headers().forEach(options::putHeader);
        return options;
    }
}

package io.leasehold.server.forward;

import io.leasehold.api.PollRequest;
import io.leasehold.api.Traceparent;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends requests to other coordinators, one hop, over one HTTP/2 connection to each. For the event loop that it was made
 * on; futures complete there.
 */
public final class Forwarder {
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int WINDOW_BYTES = 4 << 20;

    private final String self;
    private final ForwardOptions options;
    private final HttpClient client;

    /** @param self this coordinator's id */
    public Forwarder(Vertx vertx, String self, ForwardOptions options) {
        this.self = self;
        this.options = options;
        HttpClientOptions http = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(4 * WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES))
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setTcpKeepAlive(true);
        PoolOptions pool = new PoolOptions()
                .setHttp2MaxSize(1)
                .setMaxWaitQueueSize(options.maxStreams())
                .setCleanerPeriod((int) TimeUnit.SECONDS.toMillis(1));
        client = vertx.createHttpClient(http, pool);
    }

    /**
     * @param whenGone is given what is to be run if the client that asked goes away: the request to the owner ends too
     * @return fails with a {@link ForwardFailedException} only
     */
    public Future<Reply> send(Member owner, Forward forward, Consumer<Runnable> whenGone) {
        RequestOptions options;
        try {
            options = optionsOf(owner, forward);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new ForwardFailedException(owner.url(), false, e));
        }
        return client.request(options)
                .recover(e -> Future.failedFuture(new ForwardFailedException(owner.url(), false, e)))
                .compose(request -> exchange(owner, forward, request, whenGone));
    }

    private Future<Reply> exchange(
            Member owner, Forward forward, HttpClientRequest request, Consumer<Runnable> whenGone) {
        whenGone.accept(request::reset);
        request.idleTimeout(forward.waitMs() + options.timeoutMs());
        Future<HttpClientResponse> sent = forward.body() == null ? request.send() : request.send(forward.body());
        return sent.compose(response -> response.body()
                        .map(body -> new Reply(
                                response.statusCode(),
                                response.getHeader(HttpHeaders.CONTENT_TYPE),
                                response.getHeader(HttpHeaders.RETRY_AFTER),
                                body)))
                .recover(e -> Future.failedFuture(new ForwardFailedException(owner.url(), true, e)));
    }

    /** Who is connected to follows from the owner's address alone, whatever the path says. */
    private RequestOptions optionsOf(Member owner, Forward forward) {
        URI address = URI.create(owner.url());
        if (address.getHost() == null) {
            throw new IllegalArgumentException("url: " + owner.url() + " (expected: http://host:port)");
        }
        boolean ssl = "https".equals(address.getScheme());
        RequestOptions request = new RequestOptions()
                .setMethod(forward.method())
                .setHost(address.getHost())
                .setPort(address.getPort() < 0 ? (ssl ? 443 : 80) : address.getPort())
                .setSsl(ssl)
                .setURI(forward.path())
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .putHeader(ForwardHeaders.FORWARDED, self)
                .putHeader(ForwardHeaders.AGE_MS, Long.toString(forward.ageMs()));
        if (forward.body() != null) {
            request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        if (forward.follows()) {
            request.putHeader(PollRequest.FOLLOW, "true");
        }
        if (forward.traceparent() != null) {
            request.putHeader(Traceparent.HEADER, forward.traceparent());
        }
        return request;
    }
}

package io.leasehold.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The edge on one event loop; all of them share the port. */
final class EdgeVerticle extends VerticleBase {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final EdgeContext edge;
    private final EdgeOptions options;
    private final EdgeState state;
    private HttpServer server;
    private EdgeRouter router;

    EdgeVerticle(EdgeContext edge, EdgeOptions options, EdgeState state) {
        this.edge = edge;
        this.options = options;
        this.state = state;
    }

    @Override
    public Future<?> start() {
        router = new EdgeRouter(new Loop(vertx, context, edge), options, state);
        server = vertx.createHttpServer(serverOptions())
                .connectionHandler(this::connected)
                .requestHandler(router::enter)
                .invalidRequestHandler(router::unreadable);
        return server.listen(address());
    }

    @Override
    public Future<?> stop() {
        return server.shutdown(LAST_ANSWERS);
    }

    /** Known once it listens. */
    int port() {
        return server.actualPort();
    }

    /** Answers those who wait; from any thread. */
    Future<Void> drain() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> {
            router.drain();
            done.complete();
        });
        return done.future();
    }

    private void connected(HttpConnection connection) {
        int open = state.meters().connections().incrementAndGet();
        connection.closeHandler(ignored -> state.meters().connections().decrementAndGet());
        if (open > options.maxConnections()) {
            connection.close();
        }
    }

    /** Any free port is the same one for all loops. */
    private SocketAddress address() {
        return options.port() == 0
                ? SocketAddress.sharedRandomPort(1, options.address())
                : SocketAddress.inetSocketAddress(options.port(), options.address());
    }

    private HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setIdleTimeout(options.idleTimeoutMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(options.maxHeaderBytes())
                .setHttp2ClearTextEnabled(true)
                .setHttp2RstFloodMaxRstFramePerWindow(options.maxStreams())
                .setHttp2ConnectionWindowSize(4 * WINDOW_BYTES)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(options.maxStreams())
                        .setMaxHeaderListSize(options.maxHeaderBytes())
                        .setInitialWindowSize(WINDOW_BYTES));
    }
}

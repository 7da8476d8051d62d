package io.leasehold.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
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
    private HintSender hints;

    EdgeVerticle(EdgeContext edge, EdgeOptions options, EdgeState state) {
        this.edge = edge;
        this.options = options;
        this.state = state;
    }

    @Override
    public Future<?> start() {
        Callers callers = new Callers(state, options);
        Loop loop = new Loop(vertx, context, edge);
        router = new EdgeRouter(loop, options, state, callers);
        // Of all event loops the last one to start tells the other coordinators.
        hints = new HintSender(loop);
        hints.start();
        server = vertx.createHttpServer(serverOptions())
                .connectionHandler(callers::connected)
                .requestHandler(router::enter)
                .invalidRequestHandler(router::unreadable);
        return server.listen(address());
    }

    @Override
    public Future<?> stop() {
        hints.stop();
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
                // Other coordinators drop as many at once as clients leave them; clients are counted by themselves.
                .setHttp2RstFloodMaxRstFramePerWindow(options.budgets().peerStreams())
                .setHttp2ConnectionWindowSize(4 * WINDOW_BYTES)
                .setInitialSettings(settings(options, options.maxStreams()));
    }

    /** @param streams requests at once on one connection */
    static Http2Settings settings(EdgeOptions options, int streams) {
        return new Http2Settings()
                .setMaxConcurrentStreams(streams)
                .setMaxHeaderListSize(options.maxHeaderBytes())
                .setInitialWindowSize(WINDOW_BYTES);
    }
}

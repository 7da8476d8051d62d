package io.leasehold.server.http;

import io.leasehold.coordinator.port.InboxPositions;
import io.leasehold.server.forward.PeerInboxes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP interface of one coordinator. Start and close once, from one thread; both block. */
public final class HttpEdge implements AutoCloseable {
    private static final int PATIENCE_S = 10;
    private static final long PEERS_MS = 1_000;

    private final Vertx vertx;
    private final EdgeState state;
    private final List<EdgeVerticle> loops;

    private HttpEdge(Vertx vertx, EdgeState state, List<EdgeVerticle> loops) {
        this.vertx = vertx;
        this.state = state;
        this.loops = loops;
    }

    /** @throws IllegalStateException if the address cannot be listened on */
    public static HttpEdge start(EdgeContext context, EdgeOptions options) {
        EdgeState state = EdgeState.of(context, options);
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(options.loops())
                        .setWorkerPoolSize(2)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .withTransport(GuardedTransport.of(state.door()))
                .build();
        vertx.setPeriodic(
                0,
                PEERS_MS,
                ignored -> vertx.executeBlocking(
                        () -> {
                            state.peers().refresh();
                            return null;
                        },
                        false));
        List<EdgeVerticle> loops = new CopyOnWriteArrayList<>();
        Future<String> deployed = vertx.deployVerticle(
                () -> {
                    EdgeVerticle loop = new EdgeVerticle(context, options, state);
                    loops.add(loop);
                    return loop;
                },
                new DeploymentOptions().setInstances(options.loops()));
        try {
            await(deployed);
        } catch (IllegalStateException e) {
            vertx.close();
            throw new IllegalStateException(
                    "listen.port: " + options.port() + " (expected: one that can be listened on at " + options.address()
                            + "; " + e.getMessage() + ")",
                    e);
        }
        return new HttpEdge(vertx, state, loops);
    }

    public int port() {
        return loops.get(0).port();
    }

    /** How far inboxes are passed, here and at other coordinators; good until this edge closes. */
    public InboxPositions inboxPositions(EdgeContext context) {
        return new PeerInboxes(vertx, context.whereabouts(), context.desk(), context.forwarding());
    }

    /** Answers parked polls with nothing, and refuses those who come from now on; all else goes on. */
    public void drain() {
        await(Future.all(loops.stream().map(EdgeVerticle::drain).toList()));
    }

    /** Lets answers under way go out, then ends all connections. */
    @Override
    public void close() {
        state.door().close();
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        }
    }
}

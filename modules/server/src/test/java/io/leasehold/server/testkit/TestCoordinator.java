package io.leasehold.server.testkit;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.host.FoldAgreement;
import io.leasehold.coordinator.host.ShardHost;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.Membership;
import io.leasehold.coordinator.port.Peers;
import io.leasehold.coordinator.shard.QueueLabels;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.shard.ShardMeters;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.core.state.Fold;
import io.leasehold.server.forward.ForwardOptions;
import io.leasehold.server.forward.Whereabouts;
import io.leasehold.server.http.EdgeBudgets;
import io.leasehold.server.http.EdgeContext;
import io.leasehold.server.http.EdgeOptions;
import io.leasehold.server.http.HttpEdge;
import io.leasehold.server.http.Readiness.Check;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A coordinator with a real edge and real shards, whose logs are in memory and whose cluster obeys the test. */
public final class TestCoordinator implements AutoCloseable {
    public static final int MAX_TASK_BYTES = 20_000;
    public static final int MAX_BODY_BYTES = 100_000;
    public static final int MAX_STREAMS = 250;
    public static final int MAX_PEER_STREAMS = 10_000;
    public static final int MAX_BODIES_BYTES = 400_000;
    public static final int MAX_UNSENT_BYTES = 600_000;
    public static final int MAX_UNSENT_CONNECTION_BYTES = 200_000;

    private final String id;
    private final FrontDesk desk = new FrontDesk(Clock.system(), 1_000);
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RecordedOperations operations = new RecordedOperations();
    private final Map<Integer, InMemoryLogs> logs = new ConcurrentHashMap<>();
    private final int shards;
    private final EdgeContext context;
    private final HttpEdge edge;
    private final Membership membership;
    private final ShardHost host;

    public TestCoordinator(String id, InMemoryCluster cluster) {
        this(id, cluster, options());
    }

    public TestCoordinator(String id, InMemoryCluster cluster, EdgeOptions options) {
        this(id, cluster, options, ShardOptions.of(id));
    }

    public TestCoordinator(String id, InMemoryCluster cluster, EdgeOptions options, ShardOptions shardOptions) {
        this.id = id;
        this.shards = cluster.map().shards().size();
        this.context = context(cluster);
        this.edge = HttpEdge.start(context, options);
        this.membership = cluster.join(id, url());
        this.host = new ShardHost(
                id,
                membership,
                Peers.UNWATCHED,
                desk,
                (shard, listener) -> new ShardLoop(
                        shard,
                        shardOptions,
                        Clock.system(),
                        bound -> ThreadLocalRandom.current().nextLong(bound + 1),
                        tokens(),
                        logs(shard),
                        desk,
                        new ShardMeters(metrics, new QueueLabels(), shard),
                        listener),
                Clock.system(),
                bound -> ThreadLocalRandom.current().nextLong(bound + 1),
                new FoldAgreement(Fold.VERSION, 60_000, Clock.system()));
        host.start();
    }

    private EdgeContext context(InMemoryCluster cluster) {
        return new EdgeContext(
                desk,
                new Whereabouts(id, List.of(shards), desk, cluster::map, member -> false),
                TestCoordinator::tokens,
                MAX_TASK_BYTES,
                new ForwardOptions(2_000, 1_000),
                () -> List.of(new Check("shards", desk.shards().isEmpty() ? "none" : null)),
                () -> List.of("tasks retention.ms: 1 (expected: -1)"),
                operations,
                metrics);
    }

    public static EdgeOptions options() {
        return options(300);
    }

    /** @param bodyTimeoutMs how long a body may take to arrive */
    public static EdgeOptions options(int bodyTimeoutMs) {
        return options(bodyTimeoutMs, 30_000);
    }

    /** @param stallMs how long a client may take nothing of an answer */
    public static EdgeOptions options(int bodyTimeoutMs, int stallMs) {
        return options(bodyTimeoutMs, stallMs, 1_000);
    }

    public static EdgeOptions options(int bodyTimeoutMs, int stallMs, int maxConnections) {
        return new EdgeOptions(
                "127.0.0.1",
                0,
                Set.of("leasehold.test"),
                MAX_BODY_BYTES,
                8_192,
                maxConnections,
                MAX_STREAMS,
                60_000,
                bodyTimeoutMs,
                2,
                new EdgeBudgets(
                        MAX_BODIES_BYTES,
                        MAX_UNSENT_BYTES,
                        MAX_UNSENT_CONNECTION_BYTES,
                        stallMs,
                        MAX_PEER_STREAMS,
                        64,
                        64));
    }

    static LeaseTokens tokens() {
        return new LeaseTokens(Map.of("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8)), "test");
    }

    /** The shard's logs, which this coordinator shares with nobody. */
    public InMemoryLogs logs(int shard) {
        return logs.computeIfAbsent(shard, number -> new InMemoryLogs(Clock.system(), shards));
    }

    public String id() {
        return id;
    }

    public int port() {
        return edge.port();
    }

    public String url() {
        return "http://127.0.0.1:" + edge.port();
    }

    /** What its edge is made of. */
    public EdgeContext context() {
        return context;
    }

    public FrontDesk desk() {
        return desk;
    }

    /** What operators asked of it. */
    public RecordedOperations operations() {
        return operations;
    }

    public HttpEdge edge() {
        return edge;
    }

    @Override
    public void close() {
        host.close();
        membership.close();
        edge.close();
    }
}

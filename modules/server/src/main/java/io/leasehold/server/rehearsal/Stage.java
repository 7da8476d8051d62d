package io.leasehold.server.rehearsal;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.shard.QueueLabels;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.shard.ShardMeters;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.server.forward.ForwardOptions;
import io.leasehold.server.forward.Forwarder;
import io.leasehold.server.forward.Whereabouts;
import io.leasehold.server.http.EdgeContext;
import io.leasehold.server.http.EdgeOptions;
import io.leasehold.server.http.HttpEdge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The parts of a coordinator that a rehearsal needs, none of them shared with the real one. */
final class Stage {
    private static final String NAME = "rehearsal";
    private static final int KIB = 1_024;
    private static final int TIMEOUT_MS = 2_000;
    private static final int MANY = 1_000;
    private static final EdgeOptions EDGE =
            new EdgeOptions("127.0.0.1", 0, 64 * KIB, 8 * KIB, MANY, MANY, 60_000, TIMEOUT_MS, 1);
    private static final ForwardOptions FORWARD = new ForwardOptions(TIMEOUT_MS, MANY);

    private final Clock clock = Clock.system();
    private final FrontDesk desk = new FrontDesk(clock, MANY);
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    ShardLoop loop() {
        return new ShardLoop(
                0,
                ShardOptions.of(NAME),
                clock,
                bound -> ThreadLocalRandom.current().nextLong(bound + 1),
                tokens(),
                new RehearsalLogs(clock),
                desk,
                new ShardMeters(metrics, new QueueLabels(), 0),
                new ShardListener() {
                    @Override
                    public void onStatus(ShardLoop loop, ShardStatus status, String problem) {}

                    @Override
                    public void onCaughtUp(ShardLoop loop) {}
                });
    }

    HttpEdge edge() {
        return HttpEdge.start(
                new EdgeContext(
                        desk,
                        new Whereabouts(NAME, 1, desk, () -> ClusterMap.EMPTY, member -> false),
                        Stage::tokens,
                        8 * KIB,
                        FORWARD,
                        List::of,
                        List::of,
                        metrics),
                EDGE);
    }

    Forwarder client(Vertx vertx) {
        return new Forwarder(vertx, NAME, FORWARD);
    }

    /** A key that is good for nothing. */
    private static LeaseTokens tokens() {
        return new LeaseTokens(Map.of(NAME, NAME.getBytes(StandardCharsets.US_ASCII)), NAME);
    }
}

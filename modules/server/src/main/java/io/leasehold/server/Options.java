package io.leasehold.server;

import io.leasehold.cluster.ClusterOptions;
import io.leasehold.coordinator.shard.JournalOptions;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.state.Fold;
import io.leasehold.log.LogOptions;
import io.leasehold.server.config.CoordinatorConfig;
import io.leasehold.server.config.InvalidConfigException;
import io.leasehold.server.forward.ForwardOptions;
import io.leasehold.server.http.EdgeBudgets;
import io.leasehold.server.http.EdgeOptions;
import java.time.Duration;
import java.util.List;

/** The configuration, cut into what each part needs to know. */
record Options(
        Identity identity,
        ClusterOptions cluster,
        LogOptions log,
        ShardOptions shard,
        EdgeOptions edge,
        ForwardOptions forward) {

    /** So many connections, and polls, any address may have. */
    private static final int LEAST_SHARE = 64;

    /** @throws InvalidConfigException if a part refuses its share */
    static Options of(CoordinatorConfig config) {
        Identity identity = Identity.of(config);
        try {
            return new Options(
                    identity,
                    cluster(config, identity),
                    log(config),
                    shard(config, identity),
                    edge(config, identity),
                    forward(config));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigException(List.of(e.getMessage()));
        }
    }

    private static ClusterOptions cluster(CoordinatorConfig config, Identity identity) {
        int sessionMs = config.getInt("zookeeper.session.ms");
        return ClusterOptions.of(
                        config.getString("zookeeper.connect"), identity.id(), identity.url(), config.getInt("shards"))
                .withFoldVersion(Fold.VERSION)
                .withRoot(config.getString("zookeeper.root"))
                .withSessionTimeoutMs(sessionMs)
                .withConnectionTimeoutMs(Math.min(sessionMs, ClusterOptions.DEFAULT_CONNECTION_TIMEOUT_MS));
    }

    private static LogOptions log(CoordinatorConfig config) {
        return new LogOptions(
                config.getString("bootstrap.servers"),
                config.getString("topic.prefix"),
                config.getInt("shards"),
                config.getInt("topic.replication.factor"),
                Duration.ofMillis(config.getInt("journal.append.timeout.ms")),
                Duration.ofMillis(config.getInt("startup.timeout.ms")),
                config.passedThrough("producer."),
                config.passedThrough("consumer."),
                config.passedThrough("admin."));
    }

    private static ShardOptions shard(CoordinatorConfig config, Identity identity) {
        ShardOptions initial = ShardOptions.of(identity.id());
        return new ShardOptions(
                identity.id(),
                config.getInt("tick.ms"),
                config.getInt("proof.max.age.ms"),
                initial.turnBytes(),
                config.getInt("shard.max.waiting"),
                new Policy(
                        config.getInt("max.expiries"),
                        config.getLong("shard.max.tasks"),
                        config.getLong("shard.max.bytes"),
                        config.getInt("shard.max.queues")),
                new JournalOptions(
                        config.getLong("journal.carry.from.bytes"),
                        config.getLong("journal.history.ms"),
                        config.getLong("journal.history.bytes"),
                        config.getLong("dedupe.window.ms"),
                        config.getLong("dedupe.max.ends")));
    }

    private static EdgeOptions edge(CoordinatorConfig config, Identity identity) {
        return new EdgeOptions(
                identity.address(),
                identity.port(),
                identity.hosts(config),
                config.getInt("http.max.body.bytes"),
                config.getInt("http.max.header.bytes"),
                config.getInt("http.max.connections"),
                config.getInt("http.max.streams"),
                config.getInt("http.idle.timeout.ms"),
                config.getInt("http.body.timeout.ms"),
                Runtime.getRuntime().availableProcessors(),
                new EdgeBudgets(
                        orShareOfHeap(config.getLong("http.max.body.total.bytes")),
                        orShareOfHeap(config.getLong("http.max.unsent.total.bytes")),
                        config.getLong("http.max.unsent.bytes"),
                        config.getInt("http.stall.timeout.ms"),
                        config.getInt("http.max.peer.streams"),
                        addressShare(config, "http.max.connections"),
                        addressShare(config, "poll.max.parked")));
    }

    /** Of what all may hold, for one address. */
    private static int addressShare(CoordinatorConfig config, String most) {
        long percent = config.getInt("http.address.share.percent");
        return (int) Math.max(LEAST_SHARE, config.getInt(most) * percent / 100);
    }

    /** Where nothing is set: an eighth of the heap, for what is held as bytes takes a multiple once it is read. */
    private static long orShareOfHeap(long bytes) {
        return bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / 8;
    }

    private static ForwardOptions forward(CoordinatorConfig config) {
        return new ForwardOptions(config.getInt("http.forward.timeout.ms"), config.getInt("http.max.peer.streams"));
    }
}

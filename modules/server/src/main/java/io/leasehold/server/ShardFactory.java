package io.leasehold.server;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.host.ShardOpener;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.ShardLogs;
import io.leasehold.coordinator.shard.QueueLabels;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.shard.ShardMeters;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.core.decide.Chance;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Makes copies of shards with everything that they need of this process. */
final class ShardFactory implements ShardOpener {
    private final ShardOptions options;
    private final Clock clock;
    private final Chance chance;
    private final Supplier<LeaseTokens> tokens;
    private final ShardLogs logs;
    private final FrontDesk desk;
    private final MeterRegistry metrics;
    private final QueueLabels labels;

    ShardFactory(
            ShardOptions options,
            Clock clock,
            Chance chance,
            Supplier<LeaseTokens> tokens,
            ShardLogs logs,
            FrontDesk desk,
            MeterRegistry metrics,
            QueueLabels labels) {
        this.options = options;
        this.clock = clock;
        this.chance = chance;
        this.tokens = tokens;
        this.logs = logs;
        this.desk = desk;
        this.metrics = metrics;
        this.labels = labels;
    }

    @Override
    public ShardLoop open(int shard, ShardListener listener) {
        return new ShardLoop(
                shard,
                options,
                clock,
                chance,
                tokens.get(),
                logs,
                desk,
                new ShardMeters(metrics, labels, shard),
                listener);
    }
}

package io.leasehold.coordinator.host;

import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;

/** Makes a new copy of a shard. May block while its logs are opened; throws if they cannot be. */
@FunctionalInterface
public interface ShardOpener {
    ShardLoop open(int shard, ShardListener listener);
}

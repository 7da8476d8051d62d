package io.leasehold.coordinator.shard;

import io.leasehold.core.state.ShardState;

/** Lets a simulator look into an owner's memory. */
public final class Glimpse {
    private Glimpse() {}

    /** The owner's state if all of it is in the log; null if something is under way, or if the copy does not own its shard. */
    public static ShardState settled(ShardLoop loop) {
        Owner owner = loop.owner();
        boolean settled = owner != null
                && !loop.isOver()
                && !owner.gate().isAppending()
                && !owner.gate().turn().isOpen();
        return settled ? owner.state() : null;
    }
}

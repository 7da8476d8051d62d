package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.ShardStatus;

/** Hears where a shard's copy stands; called on the shard's thread. */
public interface ShardListener {
    /** @param problem what went wrong, or null */
    void onStatus(ShardLoop loop, ShardStatus status, String problem);

    /**
     * The copy has read the journal to its end. Told again whenever there is news for whoever waits to take over: the owner
     * gave the shard up, or fell silent, or is heard again.
     */
    void onCaughtUp(ShardLoop loop);
}

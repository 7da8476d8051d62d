package io.leasehold.coordinator.port;

import java.util.Collection;

/**
 * Up to where inboxes are passed: everything below was admitted, rejected or re-sent, and the shard's journal says so,
 * effectively. A fact once it is told: a later owner goes on from there. Thread-safe.
 */
public interface InboxPositions {

    /** Asks those who own these shards; returns at once. What no owner tells is not told. */
    void ask(Collection<Integer> shards, Listener listener);

    interface Listener {
        /** From any thread. */
        void onPassed(int shard, long position);
    }
}

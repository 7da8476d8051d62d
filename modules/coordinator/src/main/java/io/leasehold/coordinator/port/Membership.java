package io.leasehold.coordinator.port;

import java.util.function.Consumer;

/**
 * This coordinator's membership of the cluster. Methods return at once and are retried behind the scenes for as long as
 * the cluster's store is out of reach; the listener hears every change, from one thread.
 */
public interface Membership extends AutoCloseable {

    /** Registers this coordinator and tells the map to the listener, now and whenever it changes. */
    void start(Consumer<ClusterMap> listener);

    /** The latest map; {@link ClusterMap#EMPTY} before the first. */
    ClusterMap map();

    /** This coordinator's claim of the shard is effective in the log: the world may come here. */
    void owns(int shard, long epoch);

    /**
     * The log says that this coordinator's claim of the shard is the newest, though the map says something else; and it said
     * so after that was seen on the map: an own record was effective that was sent since. It is written over, unless it has
     * changed.
     *
     * @param wrong what the map says, whatever its epoch
     */
    void corrects(int shard, long epoch, ClusterMap.Place wrong);

    /** A journal says that there are so many shards, more than the map does; shards only become more. */
    void counted(int shards);

    /** This coordinator follows the shard's journal at its end and could take over at once. */
    void caughtUp(int shard);

    /** This coordinator has given the shard up after all it did is in the log. */
    void released(int shard, long epoch);

    /**
     * This coordinator's copy that made the claim is over, though the shard was not given up: what the map says of the claim
     * stands until somebody claims the shard, but is not said again.
     */
    void ended(int shard, long epoch);

    /**
     * This coordinator, which owns the shard or found that its journal lacks records, says how far the journal had come; a
     * witness that says less is passed over.
     */
    void witness(int shard, Witness witness);

    /** Gets no more shards from now on, and those it has are assigned to others; it stays registered until closed. */
    void leave();

    @Override
    void close();
}

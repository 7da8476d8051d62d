package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;

/**
 * What operators may ask of the whole cluster. Every method blocks on ZooKeeper or Kafka.
 */
public interface Operations {
    /** @param drain whether the coordinator is to have no shards from now on, or may have some again */
    void drain(String coordinator, boolean drain) throws InvalidRequest, OperationFailedException;

    /** @param to who is to own the shard from now on, or null for whoever gets it */
    void place(int shard, String to) throws InvalidRequest, OperationFailedException;

    /** Adds shards until there are so many. Safe to repeat, and to be repeated if it was cut short. */
    void grow(int shards) throws InvalidRequest, OperationFailedException;
}

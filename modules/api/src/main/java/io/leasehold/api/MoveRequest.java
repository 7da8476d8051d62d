package io.leasehold.api;

/**
 * {@code POST /v1/shards/move}; answered with the same once that is written down: the move itself follows.
 *
 * @param to the coordinator that is to own the shard; null: any, as the others are assigned
 */
public record MoveRequest(Integer shard, String to) {}

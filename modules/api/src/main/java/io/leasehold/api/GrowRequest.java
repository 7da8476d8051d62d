package io.leasehold.api;

/**
 * {@code POST /v1/shards/grow}; answered with the same once so many shards are there.
 *
 * @param shards how many there are to be
 */
public record GrowRequest(Integer shards) {}

package io.leasehold.coordinator.shard;

/**
 * What the registered coordinators can read, this one included.
 *
 * @param version the newest fold version that all of them read
 * @param settled whether they have all read it for so long that none is to be expected back that does not
 */
public record AgreedFold(int version, boolean settled) {}

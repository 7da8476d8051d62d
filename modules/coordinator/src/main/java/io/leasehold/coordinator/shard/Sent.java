package io.leasehold.coordinator.shard;

/** When a record was sent and acknowledged, by our own clocks, and appended, by the broker's. */
record Sent(long sentWallMs, long sentMonotonicMs, long ackWallMs, long ackMonotonicMs, long appendTimeMs) {}

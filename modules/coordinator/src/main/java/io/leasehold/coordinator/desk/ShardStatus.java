package io.leasehold.coordinator.desk;

import java.util.Locale;

/** Where a coordinator's copy of a shard stands. */
public enum ShardStatus {
    /** Reads the journal and keeps up with it. */
    FOLLOWING,
    /** Has written a claim and waits to see it take effect. */
    CLAIMING,
    /** Owns the shard and serves it. */
    ACTIVE,
    /** Writes its last records before it gives the shard up. */
    RELEASING,
    /** Gave the shard up in good order. */
    RELEASED,
    /** Gave up because the log and its memory may differ; a new copy starts over. */
    FAILED,
    /** Stopped because of something that only a person can mend. */
    STOPPED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

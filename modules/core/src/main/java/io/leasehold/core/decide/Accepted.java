package io.leasehold.core.decide;

/** What becomes of a submission. */
public enum Accepted {
    NEW,
    /** The id is known; nothing changed. */
    DUPLICATE,
    /** The shard is full; nothing changed. */
    FULL
}

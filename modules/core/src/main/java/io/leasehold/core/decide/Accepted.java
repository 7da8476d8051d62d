package io.leasehold.core.decide;

/** What becomes of a submission. */
public enum Accepted {
    NEW,
    /** The id is known; nothing changed. */
    DUPLICATE,
    /** The shard is full; nothing changed. */
    FULL,
    /** The shard has as many queues as it may, and the task's is none of them; nothing changed. */
    TOO_MANY_QUEUES
}

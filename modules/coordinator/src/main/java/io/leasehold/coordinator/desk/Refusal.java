package io.leasehold.coordinator.desk;

/** Why a request was not answered; each can be repeated safely. */
public enum Refusal {
    /** This coordinator does not own the shard. */
    NOT_OWNER,
    /** It is about to own the shard, or is giving it up; nothing was done. */
    NOT_READY,
    /** Too much is waiting already; nothing was done. */
    OVERLOADED,
    /** The shard holds as many tasks, or as many bytes, as it may; nothing was done. */
    FULL,
    /** The outcome of the write is unknown: it may have been done. */
    OUTCOME_UNKNOWN,
    /** The task is unknown so far, and the inbox may still hold it. */
    NOT_ADMITTED_YET,
    /** The shard's journal is still under a fold version that does not know this; nothing was done. */
    NOT_YET_ENABLED
}

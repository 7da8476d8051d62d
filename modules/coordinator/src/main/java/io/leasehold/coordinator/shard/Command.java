package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Refusal;

/** A wish that waits in a shard's mailbox. */
abstract class Command {
    /** By the monotonic clock. */
    final long arrivedMs;

    /** Whether a part of it was done, and the rest waits for a turn with room. */
    boolean begun;

    Command(long arrivedMs) {
        this.arrivedMs = arrivedMs;
    }

    /** Does as much as the turn has room for, on the shard's thread; true once all is done. */
    abstract boolean step(Turn turn);

    /** Answers that nothing, or nothing known, came of it. */
    abstract void refuse(Refusal why);
}

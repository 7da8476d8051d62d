package io.leasehold.verify;

import java.util.function.IntUnaryOperator;

/**
 * A valid submission that lies in a shard's inbox.
 *
 * @param shards among how many shards this one is its home; 0 if that was never asked
 * @param homeAmong its home among so many shards
 * @param isRejected whether a copy of it lies in the topic of rejected ones: then it need not be admitted
 */
public record Submitted(long offset, String id, int shards, IntUnaryOperator homeAmong, boolean isRejected) {
    /** Where shards were never added, and nothing was rejected. */
    public Submitted(long offset, String id) {
        this(offset, id, 0, shards -> 0, false);
    }
}

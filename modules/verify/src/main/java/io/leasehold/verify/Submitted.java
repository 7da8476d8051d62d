package io.leasehold.verify;

import java.util.function.IntUnaryOperator;

/**
 * A valid submission that lies in a shard's inbox.
 *
 * @param shards among how many shards this one is its home; 0 if that was never asked
 * @param homeAmong its home among so many shards
 */
public record Submitted(long offset, String id, int shards, IntUnaryOperator homeAmong) {
    /** Where shards were never added. */
    public Submitted(long offset, String id) {
        this(offset, id, 0, shards -> 0);
    }
}

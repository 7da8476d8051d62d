package io.leasehold.verify;

/**
 * A valid submission that lies in a shard's inbox.
 *
 * @param shards among how many shards this one is its home; 0 if that was never asked
 */
public record Submitted(long offset, String id, int shards) {
    /** Where shards were never added. */
    public Submitted(long offset, String id) {
        this(offset, id, 0);
    }
}

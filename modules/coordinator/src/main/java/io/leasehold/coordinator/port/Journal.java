package io.leasehold.coordinator.port;

import java.util.List;

/**
 * One shard's journal: the log that is the truth about its tasks. Every method returns at once; what comes of it is told
 * to the {@link Listener}, from any thread, in order.
 */
public interface Journal extends AutoCloseable {

    /** Asks where the log starts and ends now; told as {@link Listener#onBounds} once the log can say. */
    void askBounds();

    /**
     * Starts to deliver every record from {@code offset} on, and goes on with new ones until {@link #stopFollowing}, or
     * until it is told to follow from elsewhere. If the log does not reach down to the offset, that is told as a failure.
     */
    void follow(long offset);

    /** The oldest batch of records told so far was folded: only a few are told ahead of that, or memory would fill up. */
    void taken();

    void stopFollowing();

    /**
     * Appends one record after all that this journal appended before. The shard has at most one append under way. After
     * a failure, nothing more may be appended: the outcome is unknown until a later reader of the log settles it.
     */
    void append(byte[] value);

    /**
     * Deletes what lies below {@code offset}, now or later, but keeps what was appended less than {@code historyMs} ago, as
     * long as that is not much more than {@code historyBytes}. Nothing is told: whether it came to that shows in the bounds.
     */
    void deleteBefore(long offset, long historyMs, long historyBytes);

    /** Lets go at once, without waiting for an append under way. */
    @Override
    void close();

    interface Listener {
        /**
         * @param start offset of the oldest record there is
         * @param end one more than the last committed record's offset
         */
        void onBounds(long start, long end);

        /**
         * @param from the offset from which it was told to follow when these were read
         * @param records in the order of the log, possibly none
         * @param endOffset the log's end when they were fetched: one more than the last committed record's offset
         */
        void onRecords(long from, List<JournalRecord> records, long endOffset);

        /** The append is durable (acknowledged by all in-sync replicas) at {@code offset}. */
        void onAppended(long offset, long appendTimeMs);

        /** The append failed, or its outcome is unknown. */
        void onAppendFailed(Exception cause);

        /** The journal cannot be read any further; {@link Journal#close} and open anew. */
        void onJournalFailed(Exception cause);
    }
}

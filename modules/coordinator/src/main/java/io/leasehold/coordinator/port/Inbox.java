package io.leasehold.coordinator.port;

import java.util.List;

/**
 * One shard's inbox: where producers put submissions. Every method returns at once; what comes of it is told to the
 * {@link Listener}, from any thread, in order.
 *
 * <p>Records that the shard cannot admit never reach it: an invalid one was copied to the topic of rejected submissions,
 * and one whose home is another shard was re-sent there, before the batch that passes them is delivered.
 */
public interface Inbox extends AutoCloseable {

    /** Which incarnation of the topic this is; a position means nothing in another one. */
    String topicId();

    /**
     * Starts at {@code position}; nothing is delivered before {@link #request}. If the log now starts above the position
     * or ends below it, that is told as a failure: something was lost. So it is if the leader epoch ended below the position:
     * the log was cut off and has grown again, and other records lie where settled ones were.
     *
     * @param leaderEpoch Kafka's, under which the record before the position was written; -1 if that is not known
     */
    void start(long position, int leaderEpoch);

    /** Asks for one more batch; without it, nothing is read. */
    void request();

    /**
     * Copies submissions that this inbox delivered, and that the shard does not take in, to the topic of rejected ones.
     * Once all copies are acknowledged that is told; not to be called again before. The copies may arrive more than once.
     *
     * @param reason goes with each copy
     */
    void reject(List<Arrival> arrivals, String reason);

    /**
     * Asks up to where this inbox must be passed before an id that is not known by then was never submitted, as of now:
     * once every other inbox is passed up to where it ends now, this one's end, open transactions included. In this order,
     * since what lies in another inbox by mistake is re-sent to this one before that inbox is passed.
     */
    void askEnd(long ticket);

    /** Deletes what lies below {@code offset}, now or later: it is settled for good. Nothing is told. */
    void deleteBefore(long offset);

    @Override
    void close();

    interface Listener {
        /**
         * @param arrivals in order, possibly none
         * @param nextOffset the position once all of these are settled
         * @param leaderEpoch Kafka's, under which the record before that position was written; -1 if that is not known
         * @param endOffset the inbox's end when they were fetched
         * @param rejected how many records on the way were invalid
         * @param resent how many records on the way went to another shard
         */
        void onArrivals(
                List<Arrival> arrivals, long nextOffset, int leaderEpoch, long endOffset, int rejected, int resent);

        /** The copies of what was last to be rejected are acknowledged. */
        void onRejected();

        void onInboxEnd(long ticket, long endOffset);

        /** It cannot be said for now: an inbox is held back by an open transaction, or not passed, or not reached. */
        void onInboxUnsure(long ticket);

        /** The inbox cannot be read on, for now or for good: admission stops, everything else goes on. */
        void onInboxFailed(Exception cause);

        /** The inbox can be read again: whoever waits for a batch that was asked for will get it. */
        void onInboxReadable();
    }
}

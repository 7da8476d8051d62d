package io.leasehold.coordinator.port;

/** Opens the logs of a shard. Opening may block for as long as the log system needs to be reached; it throws if it cannot. */
public interface ShardLogs {
    Journal openJournal(int shard, Journal.Listener listener);

    Inbox openInbox(int shard, Inbox.Listener listener);

    Ends openEnds(int shard, Ends.Listener listener);

    /** Which log system and topics these are, and how many shards there are by now; written into every claim. */
    LogIdentity identity();
}

package io.leasehold.coordinator.port;

/** Which cluster and which incarnations of the topics hold the truth. */
public record LogIdentity(String clusterId, String journalTopicId, String inboxTopicId, int shards) {
    public LogIdentity withShards(int now) {
        return new LogIdentity(clusterId, journalTopicId, inboxTopicId, now);
    }
}

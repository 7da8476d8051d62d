package io.leasehold.log;

/**
 * Where submissions come from, and what they may be.
 *
 * @param topicId which incarnation of the topic this is
 * @param maxTaskBytes the largest task as JSON
 */
record InboxTopic(String topic, String topicId, int shards, int maxTaskBytes) {}

package io.leasehold.log;

import java.util.function.IntSupplier;

/**
 * Where submissions come from, and what they may be.
 *
 * @param topicId which incarnation of the topic this is
 * @param shards how many there are now
 * @param maxTaskBytes the largest task as JSON
 */
record InboxTopic(String topic, String topicId, IntSupplier shards, int maxTaskBytes) {}

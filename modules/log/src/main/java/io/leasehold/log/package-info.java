/**
 * The one door to Kafka: the coordinator's ports {@code ShardLogs}, {@code Journal}, {@code Inbox} and {@code Ends} over
 * four topics, and the creation and inspection of those topics.
 *
 * <p>{@link io.leasehold.log.KafkaShardLogs} is what the server opens; the shards' loops call what it hands out. Calls
 * return at once, listeners are called from this package's threads: one that reads all inboxes of the process, one that
 * follows each journal, one that sends copies and ends, and the I/O threads of Kafka's clients. A listener must not block;
 * only one that follows a journal may, and then it holds back that journal alone.
 */
package io.leasehold.log;

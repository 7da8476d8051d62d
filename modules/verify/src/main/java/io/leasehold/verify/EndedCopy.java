package io.leasehold.verify;

/**
 * A record of the topic of ended tasks.
 *
 * @param offset in that topic
 * @param number of the end in its shard; -1 if the record does not say
 * @param id of the task
 * @param cause as written there, such as {@code attempts-exhausted}
 */
public record EndedCopy(long offset, long number, String id, String cause) {}

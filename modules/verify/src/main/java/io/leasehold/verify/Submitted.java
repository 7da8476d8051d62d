package io.leasehold.verify;

/**
 * A valid submission that lies in the inbox of its home.
 *
 * @param offset in the inbox
 * @param id of the task
 */
public record Submitted(long offset, String id) {}

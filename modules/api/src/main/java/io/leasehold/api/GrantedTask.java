package io.leasehold.api;

/**
 * The task as its worker sees it.
 *
 * @param type or null
 * @param deadline epoch milliseconds, or null
 * @param payload JSON as the producer wrote it; empty for none. Not copied
 * @param traceparent or null
 */
public record GrantedTask(
        String id,
        String queue,
        String type,
        int priority,
        Long deadline,
        int maxAttempts,
        byte[] payload,
        String traceparent) {}

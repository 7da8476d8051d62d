package io.leasehold.api;

import java.util.List;

/**
 * {@code POST /v1/poll}.
 *
 * @param max how many tasks at most; 0 asks only for what a poll of the same id was granted before, and ends that poll if it
 *     still waits
 * @param waitMs how long to wait for the first one; 0 answers at once
 * @param leaseMs overrides the tasks' own lease time, or null
 * @param pollId repeating a poll with the same id returns the same grants; null for none
 * @param map the {@link io.leasehold.api.ring.MapTag} of the coordinators that the worker knows: if there are others, or as
 *     soon as there are, the poll waits for a second at most. Null: it waits in any case
 */
public record PollRequest(
        String worker, List<String> queues, int max, long waitMs, Long leaseMs, String pollId, String map) {
    /**
     * Header of a poll, {@code true}: if another coordinator has tasks for it, it is answered with that one's address in
     * {@link PollAnswer#see}, and the client asks there itself; without it, it is forwarded.
     */
    public static final String FOLLOW = "leasehold-follow";
}

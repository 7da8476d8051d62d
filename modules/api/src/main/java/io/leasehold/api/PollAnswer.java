package io.leasehold.api;

import java.util.List;

/**
 * The answer to a poll.
 *
 * @param leases possibly none
 * @param see in an empty answer, the address of a coordinator that has tasks ready; or null
 */
public record PollAnswer(List<Grant> leases, String see) {
    public static final PollAnswer EMPTY = new PollAnswer(List.of(), null);
}

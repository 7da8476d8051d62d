package io.leasehold.api;

import java.util.List;

/**
 * The answer to a poll.
 *
 * @param leases possibly none
 * @param see in an empty answer, the address of a coordinator that has tasks ready; or null
 * @param map the {@link io.leasehold.api.ring.MapTag} of the coordinators that the answering one knows; null if it cannot
 *     tell at present
 */
public record PollAnswer(List<Grant> leases, String see, String map) {
    public static final PollAnswer EMPTY = new PollAnswer(List.of(), null, null);
}

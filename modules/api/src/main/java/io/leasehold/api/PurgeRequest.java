package io.leasehold.api;

import java.util.List;

/**
 * {@code POST /v1/dead/purge}: gives dead tasks up for good, chosen either by id or by queue. With a queue, how many of its
 * tasks are dead must be said too: if there are more or fewer by now, nothing is done.
 *
 * @param limit how many at most, with a queue, oldest first; null means as many as there are, up to
 *     {@link Limits#MAX_PURGE}
 * @param expected the {@code total} that {@code GET /v1/dead} said of the queue; only with a queue, and needed there
 */
public record PurgeRequest(List<String> ids, String queue, Integer limit, Long expected) {}

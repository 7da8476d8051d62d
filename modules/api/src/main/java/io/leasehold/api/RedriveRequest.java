package io.leasehold.api;

import java.util.List;

/**
 * {@code POST /v1/dead/redrive}: gives dead tasks a new life, chosen either by id or by queue.
 *
 * @param limit how many at most, with a queue; null means as many as there are, up to {@link Limits#MAX_REDRIVE}
 */
public record RedriveRequest(List<String> ids, String queue, Integer limit) {}

package io.leasehold.api;

import java.util.List;

/**
 * {@code GET /v1/inboxes}, of the answering coordinator's own shards alone. Coordinators ask each other before they say that
 * an id is unknown.
 */
public record InboxesView(List<Inbox> inboxes) {

    /** @param passed the inbox's offset below which everything was admitted, rejected or sent to its home, for good */
    public record Inbox(int shard, long passed) {}
}

package io.leasehold.server.http;

import io.leasehold.api.InboxesView;
import io.leasehold.api.InboxesView.Inbox;
import java.util.List;

/** {@code GET /v1/inboxes}: how far the inboxes of this process's shards are passed. From memory, never forwarded. */
final class InboxesRoute {
    private final Loop loop;

    InboxesRoute(Loop loop) {
        this.loop = loop;
    }

    void handle(Exchange exchange) {
        List<Inbox> inboxes = loop.whereabouts().here().stream()
                .map(shard -> new Inbox(shard, loop.desk().inboxPassed(shard)))
                .filter(inbox -> inbox.passed() >= 0)
                .toList();
        exchange.answer(200, new InboxesView(inboxes));
    }
}

package io.leasehold.server.forward;

import io.leasehold.api.InboxesView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.InboxPositions;
import io.leasehold.server.forward.Whereabouts.Split;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the inboxes are passed: those of this process's shards from memory, the others as their owners say, each of which is
 * asked one question at a time. Thread-safe.
 */
public final class PeerInboxes implements InboxPositions {
    private static final Logger LOG = LoggerFactory.getLogger(PeerInboxes.class);
    private static final int PATIENCE_MS = 1_000;
    /** After an answer that said nothing; who asks does so every few milliseconds. */
    private static final int PAUSE_MS = 100;

    private final Vertx vertx;
    private final Context context;
    private final Forwarder forwarder;
    private final Whereabouts whereabouts;
    private final FrontDesk desk;
    /** Who was asked and has not answered yet; for the context alone. */
    private final Set<Member> asked = new HashSet<>();

    public PeerInboxes(Vertx vertx, Whereabouts whereabouts, FrontDesk desk, ForwardOptions options) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.forwarder = new Forwarder(vertx, whereabouts.self(), options);
        this.whereabouts = whereabouts;
        this.desk = desk;
    }

    @Override
    public void ask(Collection<Integer> shards, Listener listener) {
        Split split = whereabouts.split(shards);
        for (int shard : split.here()) {
            long passed = desk.inboxPassed(shard);
            if (passed >= 0) {
                listener.onPassed(shard, passed);
            }
        }
        if (!split.elsewhere().isEmpty()) {
            context.runOnContext(ignored -> split.elsewhere().keySet().forEach(owner -> ask(owner, listener)));
        }
    }

    private void ask(Member owner, Listener listener) {
        if (!asked.add(owner)) {
            return;
        }
        forwarder
                .send(owner, Forward.get(Routes.INBOXES), ignored -> {})
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .map(reply -> tell(owner, reply, listener))
                .onComplete(told -> {
                    if (told.succeeded() && told.result()) {
                        asked.remove(owner);
                    } else {
                        LOG.debug("{} did not say how far its inboxes are passed", owner.id(), told.cause());
                        vertx.setTimer(PAUSE_MS, ignored -> asked.remove(owner));
                    }
                });
    }

    /** An older release does not know the question: its inboxes are not known to be passed. */
    private static boolean tell(Member owner, Reply reply, Listener listener) {
        if (!reply.isSuccess()) {
            return false;
        }
        try {
            Json.readAnswer(reply.body().getBytes(), InboxesView.class)
                    .inboxes()
                    .forEach(inbox -> listener.onPassed(inbox.shard(), inbox.passed()));
            return true;
        } catch (UncheckedIOException | NullPointerException e) {
            LOG.warn("{} at {} answered {} unreadably: {}", owner.id(), owner.url(), Routes.INBOXES, e.toString());
            return false;
        }
    }
}

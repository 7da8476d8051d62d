package io.leasehold.server.http;

import io.leasehold.api.HintAnswer;
import io.leasehold.api.HintRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.Hint;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Forward;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other coordinators of tasks that are ready here and that nobody takes. One in a process, on one event loop; it sleeps
 * while nothing is ready.
 */
final class HintSender {
    private static final Logger LOG = LoggerFactory.getLogger(HintSender.class);
    private static final long NO_TIMER = -1;

    private final Loop loop;
    /** Who has not answered the last hint yet: a coordinator that hangs gets no heap of them. */
    private final Set<String> asked = new HashSet<>();

    private long timer = NO_TIMER;

    HintSender(Loop loop) {
        this.loop = loop;
    }

    void start() {
        loop.desk().onUntaken(this::wake);
    }

    void stop() {
        loop.desk().onUntaken(null);
    }

    /** On a shard's thread, which must not fail because the edge has closed. */
    private void wake() {
        try {
            loop.context().runOnContext(ignored -> look());
        } catch (RejectedExecutionException e) {
            LOG.trace("tasks became ready after the end", e);
        }
    }

    private void look() {
        if (timer != NO_TIMER) {
            loop.vertx().cancelTimer(timer);
            timer = NO_TIMER;
        }
        List<Hint> hints = loop.desk().hints();
        if (!hints.isEmpty()) {
            tell(hints);
        }
        long restMs = loop.desk().hintsRestMs();
        if (restMs >= 0) {
            timer = loop.vertx().setTimer(Math.max(1, restMs), ignored -> {
                timer = NO_TIMER;
                look();
            });
        }
    }

    private void tell(List<Hint> hints) {
        List<HintRequest.Entry> queues = hints.stream()
                .map(hint -> new HintRequest.Entry(hint.queue(), hint.ready()))
                .toList();
        byte[] body = Json.write(new HintRequest(loop.whereabouts().self(), queues));
        for (Member other : loop.whereabouts().others()) {
            if (asked.add(other.id())) {
                loop.ask(other, Forward.post(Routes.HINT, body, null), HintAnswer.class)
                        .onComplete(outcome -> {
                            asked.remove(other.id());
                            if (outcome.succeeded()) {
                                heard(outcome.result());
                            } else {
                                LOG.debug(
                                        "{} took no hint: {}",
                                        other.id(),
                                        outcome.cause().toString());
                            }
                        });
            }
        }
    }

    private void heard(HintAnswer answer) {
        if (answer.awaited() != null && !answer.awaited().isEmpty()) {
            answer.awaited().forEach(queue -> loop.desk().hintAnswered(queue, true));
            look();
        }
    }
}

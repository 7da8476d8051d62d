package io.leasehold.server.http;

import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollRequest;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Reply;

/**
 * A poll at a coordinator without shards. It waits at one that has some, and is taken to others that have tasks when that one
 * hears of them: each time it is one hop from here.
 */
final class RelayedPoll {
    private final Loop loop;
    private final Exchange exchange;
    private final PollRequest request;
    private final Member home;

    /** @param home where it waits */
    RelayedPoll(Loop loop, Exchange exchange, PollRequest request, Member home) {
        this.loop = loop;
        this.exchange = exchange;
        this.request = request;
        this.home = home;
    }

    void start() {
        exchange.answerWith(
                loop.send(exchange, home, PollReplies.waiting(exchange, request).following()), this::answered);
    }

    private void answered(Reply reply) {
        PollAnswer nothing = PollReplies.nothing(reply);
        Member other = nothing == null || nothing.see() == null || exchange.follows()
                ? null
                : loop.whereabouts().otherAt(nothing.see());
        if (other == null) {
            exchange.answer(reply);
            return;
        }
        loop.send(exchange, other, PollReplies.atOnce(exchange, request)).onComplete(outcome -> {
            if (outcome.succeeded() && PollReplies.hasTasks(outcome.result())) {
                exchange.answer(outcome.result());
            } else if (outcome.failed() && PollReplies.isOutcomeUnknown(outcome.cause())) {
                exchange.fail(outcome.cause());
            } else {
                start();
            }
        });
    }
}

package io.leasehold.server.http;

import io.leasehold.api.Json;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.Routes;
import io.leasehold.server.forward.Forward;
import io.leasehold.server.forward.ForwardFailedException;
import io.leasehold.server.forward.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.UncheckedIOException;

/** What other coordinators are asked on behalf of a poll, and what they answer. */
final class PollReplies {
    /** An answer without tasks is shorter. */
    private static final int LONGEST_NOTHING = 2_048;

    private PollReplies() {}

    /** The same poll, to be answered at once. */
    static Forward atOnce(Exchange exchange, PollRequest poll) {
        return waiting(
                exchange,
                new PollRequest(poll.worker(), poll.queues(), poll.max(), 0, poll.leaseMs(), poll.pollId(), null));
    }

    /** The same poll, written anew: its body as it came need not be kept while it waits. */
    static Forward waiting(Exchange exchange, PollRequest poll) {
        Buffer body = Buffer.buffer(Json.write(poll));
        return new Forward(HttpMethod.POST, Routes.POLL, body, exchange.traceparent(), exchange.ageMs(), poll.waitMs());
    }

    /** The answer if it has no tasks; null if it has some, or is another answer. */
    static PollAnswer nothing(Reply reply) {
        if (reply.status() != 200 || reply.body().length() > LONGEST_NOTHING) {
            return null;
        }
        try {
            PollAnswer answer = PollAnswers.read(reply.body().getBytes());
            return answer.leases().isEmpty() ? answer : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    static boolean hasTasks(Reply reply) {
        return reply.status() == 200 && nothing(reply) == null;
    }

    /** Whether tasks may have been leased although there was no answer. */
    static boolean isOutcomeUnknown(Throwable failure) {
        return failure instanceof ForwardFailedException forward && forward.wasSent();
    }
}

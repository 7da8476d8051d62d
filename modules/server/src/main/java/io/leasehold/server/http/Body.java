package io.leasehold.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** What a request brought along, counted against the budget of all bodies until it is dropped. For one event loop. */
final class Body {
    private static final String KEY = "leasehold.body";

    private final ByteBudget budget;
    private Buffer bytes = Buffer.buffer();
    private long reserved;

    private Body(ByteBudget budget) {
        this.budget = budget;
    }

    /** The body of this request from now on. */
    static Body begin(RoutingContext routing, ByteBudget budget) {
        Body body = new Body(budget);
        routing.put(KEY, body);
        routing.addEndHandler(ignored -> body.drop());
        return body;
    }

    /** Of this request, or null if it needed none. */
    static Body of(RoutingContext routing) {
        return routing.get(KEY);
    }

    /** @return false if the budget does not allow for it */
    boolean append(Buffer chunk) {
        if (bytes == null || !budget.take(chunk.length())) {
            return false;
        }
        reserved += chunk.length();
        bytes.appendBuffer(chunk);
        return true;
    }

    int length() {
        return bytes == null ? 0 : bytes.length();
    }

    /** Null once it was dropped. */
    Buffer bytes() {
        return bytes;
    }

    /** It is needed no more. */
    void drop() {
        budget.give(reserved);
        reserved = 0;
        bytes = null;
    }
}

package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.ProblemCode;
import io.vertx.core.http.HttpServerRequest;

/** Lets a request in, or not, by its first line and its headers alone. */
final class HeadGuard {
    private final OwnNames names;

    HeadGuard(OwnNames names) {
        this.names = names;
    }

    /** @return null if it may come in */
    Denial check(HttpServerRequest request) {
        try {
            RequestTarget.check(request.uri(), names::isOurs);
            return null;
        } catch (InvalidRequest e) {
            return Denial.of(EdgeRefusal.TARGET, ProblemCode.INVALID_REQUEST, e);
        }
    }
}

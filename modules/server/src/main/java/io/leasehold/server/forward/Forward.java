package io.leasehold.server.forward;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * A request to be forwarded.
 *
 * @param path and query, made by this coordinator: nothing of what a client wrote as its request's target
 * @param body or null
 * @param traceparent or null
 * @param ageMs how old it is
 * @param waitMs how long its answer may wait by the caller's own wish
 * @param follows whether a poll may be answered with another coordinator's address
 */
public record Forward(
        HttpMethod method, String path, Buffer body, String traceparent, long ageMs, long waitMs, boolean follows) {
    public Forward(HttpMethod method, String path, Buffer body, String traceparent, long ageMs, long waitMs) {
        this(method, path, body, traceparent, ageMs, waitMs, false);
    }

    /** The same poll, whose sender asks elsewhere itself if it is told to. */
    public Forward following() {
        return new Forward(method, path, body, traceparent, ageMs, waitMs, true);
    }

    public static Forward get(String path) {
        return new Forward(HttpMethod.GET, path, null, null, 0, 0);
    }

    public static Forward post(String path, byte[] body, String traceparent) {
        return new Forward(HttpMethod.POST, path, Buffer.buffer(body), traceparent, 0, 0);
    }
}

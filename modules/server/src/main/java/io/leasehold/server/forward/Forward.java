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
 */
public record Forward(HttpMethod method, String path, Buffer body, String traceparent, long ageMs, long waitMs) {
    public static Forward get(String path) {
        return new Forward(HttpMethod.GET, path, null, null, 0, 0);
    }

    public static Forward post(String path, byte[] body, String traceparent) {
        return new Forward(HttpMethod.POST, path, Buffer.buffer(body), traceparent, 0, 0);
    }
}

package io.leasehold.server.forward;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * A request to be forwarded.
 *
 * @param uri path and query
 * @param body or null
 * @param traceparent or null
 * @param ageMs how old it is
 * @param waitMs how long its answer may wait by the caller's own wish
 */
public record Forward(HttpMethod method, String uri, Buffer body, String traceparent, long ageMs, long waitMs) {
    public static Forward get(String uri) {
        return new Forward(HttpMethod.GET, uri, null, null, 0, 0);
    }

    public static Forward post(String uri, byte[] body, String traceparent) {
        return new Forward(HttpMethod.POST, uri, Buffer.buffer(body), traceparent, 0, 0);
    }
}

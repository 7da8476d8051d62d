package io.leasehold.server.forward;

import io.vertx.core.buffer.Buffer;

/**
 * What another coordinator answered.
 *
 * @param contentType or null
 * @param retryAfter the header of that name, or null
 */
public record Reply(int status, String contentType, String retryAfter, Buffer body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}

package io.leasehold.client.transport;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Sends HTTP requests without blocking. Safe for any thread. */
public interface Transport extends AutoCloseable {
    /**
     * @param base scheme, host and port: {@code http://host:8470}
     * @param path path and query, encoded
     * @param body JSON, or null for none. Not copied
     * @param timeoutMs for the whole exchange
     */
    record Request(String method, String base, String path, byte[] body, Map<String, String> headers, long timeoutMs) {
        public static Request post(String base, String path, byte[] body, long timeoutMs) {
            return new Request("POST", base, path, body, Map.of(), timeoutMs);
        }

        public static Request get(String base, String path, long timeoutMs) {
            return new Request("GET", base, path, null, Map.of(), timeoutMs);
        }
    }

    /** @param headers by their names in lower case */
    record Answer(int status, byte[] body, Map<String, String> headers) {
        /** The {@code Retry-After} header in milliseconds; 0 if there is none, or none in seconds. */
        public long retryAfterMs() {
            String seconds = headers.getOrDefault("retry-after", "");
            return seconds.matches("\\d{1,6}") ? Long.parseLong(seconds) * 1_000 : 0;
        }
    }

    /**
     * Completes with an answer of any status, or exceptionally if there is none in time. Cancelling the future gives the
     * request up in a way that the other side sees. Whoever completes it finds its thread used, briefly, for what follows.
     */
    CompletableFuture<Answer> send(Request request);

    /** Gives up what is under way. */
    @Override
    void close();
}

package io.leasehold.server.http;

/**
 * How the edge listens, and its limits.
 *
 * @param maxStreams requests at once on one HTTP/2 connection
 * @param idleTimeoutMs longer than any poll waits
 * @param bodyTimeoutMs how long a body may take to arrive
 * @param loops event loops, each with its own copy of everything that is not thread-safe
 */
public record EdgeOptions(
        String address,
        int port,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxStreams,
        int idleTimeoutMs,
        int bodyTimeoutMs,
        int loops) {}

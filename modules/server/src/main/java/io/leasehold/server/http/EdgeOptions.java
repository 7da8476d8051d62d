package io.leasehold.server.http;

import java.util.Set;

/**
 * How the edge listens, and its limits.
 *
 * @param hosts names and addresses, without ports, that clients may call this coordinator by beside {@code localhost} and the
 *     addresses of its host; {@code *} for any
 * @param maxStreams requests at once on one HTTP/2 connection
 * @param idleTimeoutMs longer than any poll waits
 * @param bodyTimeoutMs how long a body may take to arrive
 * @param loops event loops, each with its own copy of everything that is not thread-safe
 * @param budgets what clients may hold together
 */
public record EdgeOptions(
        String address,
        int port,
        Set<String> hosts,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxStreams,
        int idleTimeoutMs,
        int bodyTimeoutMs,
        int loops,
        EdgeBudgets budgets) {}

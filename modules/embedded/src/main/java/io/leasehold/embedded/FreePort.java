package io.leasehold.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Ports of the loopback address that nobody listens on.
 *
 * <p>They lie below the range from which systems number outgoing connections: a port that a stopped server means to take
 * again cannot be taken by a client that is trying to reach it.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;
    private static final Duration RETRY = Duration.ofMillis(50);

    /** What this process was given: its servers listen on them later than the next is asked for. */
    private static final Set<Integer> GIVEN = new HashSet<>();

    private static final int MOST_GIVEN = (HIGHEST - LOWEST) / 2;

    private FreePort() {}

    /** A port that is free now, and that this process was not given among its last thousands. */
    public static synchronized int take() {
        if (GIVEN.size() == MOST_GIVEN) {
            GIVEN.clear();
        }
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException(
                "port: none of " + TRIES + " tried is free (expected: one between " + LOWEST + " and " + HIGHEST + ")");
    }

    /**
     * Waits until nobody listens on the port: whoever held it may be on its way out.
     *
     * @throws IOException if it is still taken after that time
     */
    static void await(int port, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isFree(port)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IOException(
                        "port: " + port + " (expected: free); another process listens on 127.0.0.1:" + port);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

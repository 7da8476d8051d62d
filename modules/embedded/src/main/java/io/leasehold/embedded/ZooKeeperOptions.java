package io.leasehold.embedded;

import java.nio.file.Path;
import java.util.Properties;

/**
 * How a ZooKeeper for one machine runs, embedded or forked.
 *
 * @param directory holds its data, its log and what it chose the first time
 * @param port where clients reach it, on the loopback address alone; 0 takes a free one the first time and keeps it
 * @param tickMs its unit of time; sessions are given at least {@code minSessionMs} and at most twenty ticks, or
 *     {@code maxSessionMs}
 * @param fsync whether every write reaches the disk before it is acknowledged; off in tests alone
 */
public record ZooKeeperOptions(
        Path directory, int port, int tickMs, int minSessionMs, int maxSessionMs, boolean fsync) {
    private static final int TICK_MS = 500;
    private static final int MIN_SESSION_MS = 1_000;
    private static final int MAX_SESSION_MS = 60_000;

    public ZooKeeperOptions {
        if (minSessionMs > maxSessionMs) {
            throw new IllegalArgumentException(
                    "minSessionMs: " + minSessionMs + " (expected: at most maxSessionMs, " + maxSessionMs + ")");
        }
    }

    /** A server that keeps its data in the directory. */
    public static ZooKeeperOptions in(Path directory) {
        return new ZooKeeperOptions(directory, 0, TICK_MS, MIN_SESSION_MS, MAX_SESSION_MS, true);
    }

    public ZooKeeperOptions withPort(int port) {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, fsync);
    }

    public ZooKeeperOptions withTickMs(int tickMs, int minSessionMs) {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, fsync);
    }

    public ZooKeeperOptions withoutFsync() {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, false);
    }

    Properties properties(int chosenPort) {
        Properties properties = new Properties();
        properties.put("dataDir", directory.toAbsolutePath().resolve("data").toString());
        properties.put("clientPort", Integer.toString(chosenPort));
        properties.put("clientPortAddress", "127.0.0.1");
        properties.put("maxClientCnxns", "0");
        properties.put("tickTime", Integer.toString(tickMs));
        properties.put("minSessionTimeout", Integer.toString(minSessionMs));
        properties.put("maxSessionTimeout", Integer.toString(maxSessionMs));
        properties.put("forceSync", fsync ? "yes" : "no");
        properties.put("admin.enableServer", "false");
        properties.put("autopurge.purgeInterval", "1");
        properties.put("autopurge.snapRetainCount", "3");
        return properties;
    }
}

package io.leasehold.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * How a ZooKeeper for one machine runs, embedded or forked.
 *
 * @param directory holds its data, its log and what it chose the first time
 * @param port where clients reach it, on the loopback address alone; 0 takes a free one the first time and keeps it
 * @param tickMs its unit of time; sessions are given at least {@code minSessionMs} and at most twenty ticks, or
 *     {@code maxSessionMs}
 * @param fsync whether every write reaches the disk before it is acknowledged; off in tests alone
 * @param serverId which of the members this one is, from 1 on; 0 for a server that is alone
 * @param members the ensemble as {@code host:peerPort:electionPort}, the same for all its servers, in the order of their
 *     ids; empty for a server that is alone
 */
public record ZooKeeperOptions(
        Path directory,
        int port,
        int tickMs,
        int minSessionMs,
        int maxSessionMs,
        boolean fsync,
        int serverId,
        List<String> members) {
    private static final int TICK_MS = 500;
    private static final int MIN_SESSION_MS = 1_000;
    private static final int MAX_SESSION_MS = 60_000;

    /** In ticks: how long a member may take to find its leader, and how far it may fall behind. */
    private static final int INIT_TICKS = 10;

    private static final int SYNC_TICKS = 5;

    public ZooKeeperOptions {
        members = List.copyOf(members);
        if (serverId < 0 || serverId > members.size() || (serverId == 0) != members.isEmpty()) {
            throw new IllegalArgumentException("serverId: " + serverId + " (expected: "
                    + (members.isEmpty() ? "0, without members" : "1 to " + members.size()) + ")");
        }
        if (minSessionMs > maxSessionMs) {
            throw new IllegalArgumentException(
                    "minSessionMs: " + minSessionMs + " (expected: at most maxSessionMs, " + maxSessionMs + ")");
        }
    }

    /** A server that keeps its data in the directory. */
    public static ZooKeeperOptions in(Path directory) {
        return new ZooKeeperOptions(directory, 0, TICK_MS, MIN_SESSION_MS, MAX_SESSION_MS, true, 0, List.of());
    }

    public ZooKeeperOptions withPort(int port) {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, fsync, serverId, members);
    }

    public ZooKeeperOptions withTickMs(int tickMs, int minSessionMs) {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, fsync, serverId, members);
    }

    public ZooKeeperOptions withoutFsync() {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, false, serverId, members);
    }

    /** One server of an ensemble. */
    public ZooKeeperOptions asMember(int serverId, List<String> members) {
        return new ZooKeeperOptions(directory, port, tickMs, minSessionMs, maxSessionMs, fsync, serverId, members);
    }

    Path dataDirectory() {
        return directory.toAbsolutePath().resolve("data");
    }

    Properties properties(int chosenPort) {
        Properties properties = new Properties();
        properties.put("dataDir", dataDirectory().toString());
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
        if (!members.isEmpty()) {
            properties.put("initLimit", Integer.toString(INIT_TICKS));
            properties.put("syncLimit", Integer.toString(SYNC_TICKS));
            for (int i = 0; i < members.size(); i++) {
                properties.put("server." + (i + 1), members.get(i));
            }
        }
        return properties;
    }
}

package io.leasehold.cluster;

import io.leasehold.coordinator.port.ClusterMap.Member;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.common.PathUtils;

/**
 * How this coordinator takes part in the cluster; checked whole when made.
 *
 * @param connect ZooKeeper's addresses, {@code host:port[,host:port]}, without a path
 * @param root where in ZooKeeper this cluster lives; clusters under different roots do not see each other
 * @param sessionTimeoutMs asked for; the server may grant another
 * @param connectionTimeoutMs how long one request waits for a connection
 * @param id of this coordinator, unique in the cluster
 * @param url under which workers and other coordinators reach it
 * @param shards of the cluster
 * @param foldVersion the newest fold version that this coordinator reads
 */
public record ClusterOptions(
        String connect,
        String root,
        int sessionTimeoutMs,
        int connectionTimeoutMs,
        String id,
        String url,
        int shards,
        int foldVersion) {

    public static final String DEFAULT_ROOT = "/leasehold";
    public static final int DEFAULT_SESSION_TIMEOUT_MS = 6_000;
    public static final int DEFAULT_CONNECTION_TIMEOUT_MS = 5_000;
    public static final int MAX_SHARDS = 1_024;

    static final String ID_EXPECTED = "1 to 100 of A-Z a-z 0-9 . _ -";

    private static final int MIN_TIMEOUT_MS = 100;
    private static final int MAX_TIMEOUT_MS = 600_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** Of who takes no part in it. */
    public ClusterOptions(
            String connect,
            String root,
            int sessionTimeoutMs,
            int connectionTimeoutMs,
            String id,
            String url,
            int shards) {
        this(connect, root, sessionTimeoutMs, connectionTimeoutMs, id, url, shards, Member.UNSAID_FOLD_VERSION);
    }

    public ClusterOptions {
        checkConnect(connect);
        checkRoot(root);
        checkRange("zookeeper.session.timeout.ms", sessionTimeoutMs, MIN_TIMEOUT_MS, MAX_TIMEOUT_MS);
        checkRange("zookeeper.connection.timeout.ms", connectionTimeoutMs, MIN_TIMEOUT_MS, MAX_TIMEOUT_MS);
        check("coordinator.id", id, isId(id), ID_EXPECTED);
        checkUrl(url);
        checkRange("shards", shards, 1, MAX_SHARDS);
    }

    /** Whether a coordinator may go by this id. */
    static boolean isId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    /** Everything else at its default. */
    public static ClusterOptions of(String connect, String id, String url, int shards) {
        return new ClusterOptions(
                connect,
                DEFAULT_ROOT,
                DEFAULT_SESSION_TIMEOUT_MS,
                DEFAULT_CONNECTION_TIMEOUT_MS,
                id,
                url,
                shards,
                Member.UNSAID_FOLD_VERSION);
    }

    public ClusterOptions withRoot(String newRoot) {
        return new ClusterOptions(
                connect, newRoot, sessionTimeoutMs, connectionTimeoutMs, id, url, shards, foldVersion);
    }

    public ClusterOptions withSessionTimeoutMs(int newTimeoutMs) {
        return new ClusterOptions(connect, root, newTimeoutMs, connectionTimeoutMs, id, url, shards, foldVersion);
    }

    public ClusterOptions withConnectionTimeoutMs(int newTimeoutMs) {
        return new ClusterOptions(connect, root, sessionTimeoutMs, newTimeoutMs, id, url, shards, foldVersion);
    }

    public ClusterOptions withFoldVersion(int newest) {
        return new ClusterOptions(connect, root, sessionTimeoutMs, connectionTimeoutMs, id, url, shards, newest);
    }

    private static void checkConnect(String connect) {
        String expected = "host:port[,host:port], without a path";
        check("zookeeper.connect", connect, connect != null && !connect.isBlank(), expected);
        // A path here would have to exist already, and fails with a bare "no node" if it does not.
        check("zookeeper.connect", connect, connect.indexOf('/') < 0, expected + "; the path is zookeeper.root");
        try {
            new ConnectStringParser(connect);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(message("zookeeper.connect", connect, expected), e);
        }
    }

    private static void checkRoot(String root) {
        String expected = "an absolute path such as " + DEFAULT_ROOT;
        check("zookeeper.root", root, root != null && root.length() > 1, expected);
        try {
            PathUtils.validatePath(root);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(message("zookeeper.root", root, expected), e);
        }
    }

    private static void checkUrl(String url) {
        String expected = "http://host:port or https://host:port";
        try {
            URI uri = URI.create(Objects.requireNonNullElse(url, ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            check("advertised.url", url, http && uri.getHost() != null, expected);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(message("advertised.url", url, expected), e);
        }
    }

    private static void checkRange(String name, int value, int min, int max) {
        check(name, value, value >= min && value <= max, min + " to " + max);
    }

    private static void check(String name, Object value, boolean good, String expected) {
        if (!good) {
            throw new IllegalArgumentException(message(name, value, expected));
        }
    }

    private static String message(String name, Object value, String expected) {
        return name + ": " + value + " (expected: " + expected + ")";
    }
}

package io.leasehold.embedded;

import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/**
 * A real ZooKeeper server inside this process, its data on disk. It can be stopped and started again on the same data and
 * the same port. Not thread-safe.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    private final ZooKeeperOptions options;
    private final int port;
    private ZooKeeperServerEmbedded server;

    /** Prepares a server; its port is fixed from here on, but nothing runs before {@link #start}. */
    public EmbeddedZooKeeper(ZooKeeperOptions options) throws IOException {
        this.options = options;
        this.port = new DataDirectory(options.directory()).port("port", options.port());
    }

    /** A running server that keeps its data in the directory. */
    public static EmbeddedZooKeeper startIn(Path directory) throws IOException {
        EmbeddedZooKeeper zooKeeper = new EmbeddedZooKeeper(ZooKeeperOptions.in(directory));
        zooKeeper.start();
        return zooKeeper;
    }

    /** Starts the server and returns when it answers. */
    public void start() throws IOException {
        if (server != null) {
            throw new IllegalStateException("zookeeper: running at " + connectString() + " (expected: stopped)");
        }
        // The server installs a handler for the whole JVM that swallows exceptions of any thread.
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        try {
            server = build();
            server.start(START_TIMEOUT.toMillis());
        } catch (Exception e) {
            stop();
            throw new IOException(
                    "zookeeper at " + connectString() + " did not start (expected: within " + START_TIMEOUT.toSeconds()
                            + " s): " + e,
                    e);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    public String connectString() {
        return "127.0.0.1:" + port;
    }

    /** Stops the server in order; sessions outlive it, as its data does. */
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private ZooKeeperServerEmbedded build() throws Exception {
        Path base = Files.createDirectories(options.directory().toAbsolutePath());
        return ZooKeeperServerEmbedded.builder()
                .baseDir(base)
                .configuration(options.properties(port))
                .exitHandler(ExitHandler.LOG_ONLY)
                .build();
    }
}

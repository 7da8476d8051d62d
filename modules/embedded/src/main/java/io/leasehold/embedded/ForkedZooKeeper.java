package io.leasehold.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * A real ZooKeeper server in a process of its own. It can be stopped, killed, paused and started again on the same data
 * and the same port; it ends when this process does. Not thread-safe.
 */
public final class ForkedZooKeeper implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PORT_PATIENCE = Duration.ofMillis(2 * ChildMain.HALT_AFTER_MS);
    private static final Duration PROBE_PAUSE = Duration.ofMillis(50);
    private static final int PROBE_MS = 1_000;
    private static final int LOG_LINES = 30;

    private final int port;
    private final Path config;
    private final Path logFile;
    private ChildJvm child;

    /** Prepares a server; its port is fixed from here on, but nothing runs before {@link #start}. */
    public ForkedZooKeeper(ZooKeeperOptions options) throws IOException {
        DataDirectory directory = new DataDirectory(options.directory().toAbsolutePath());
        this.port = directory.port("port", options.port());
        this.logFile = directory.path().resolve("zookeeper.log");
        this.config = directory.write(
                "zoo.cfg",
                options.properties(port).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }

    /** Starts the server and returns when it serves; throws, with the end of its log, if it does not in time. */
    public void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("zookeeper: running as pid " + pid() + " (expected: stopped)");
        }
        FreePort.await(port, PORT_PATIENCE);
        child = ChildJvm.of("org.apache.zookeeper.server.quorum.QuorumPeerMain")
                .jvmOptions(
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dlogback.configurationFile=io/leasehold/embedded/child-logback.xml")
                .args(config.toString())
                .logFile(logFile)
                .start();
        awaitReady();
    }

    public String connectString() {
        return "127.0.0.1:" + port;
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** SIGTERM: by force if it takes more than ten seconds. */
    public void stop() {
        if (child != null) {
            child.stop(STOP_PATIENCE);
        }
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** SIGSTOP: the server stands still, its connections stay open. */
    public void pause() {
        child.pause();
    }

    /** SIGCONT. */
    public void resume() {
        child.resume();
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!serves()) {
            if (child.awaitExit(PROBE_PAUSE)) {
                throw failure("ended with exit code " + child.process().exitValue());
            }
            if (System.nanoTime() > deadline) {
                child.kill();
                throw failure("gave no answer");
            }
        }
    }

    /** Asks by ZooKeeper's own four-letter word; a server that is still loading names no mode. */
    private boolean serves() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PROBE_MS);
            socket.setSoTimeout(PROBE_MS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII).contains("Mode:");
        } catch (IOException e) {
            return false;
        }
    }

    private IOException failure(String what) {
        return new IOException("zookeeper at " + connectString() + " " + what + " (expected: ready within "
                + START_TIMEOUT.toSeconds() + " s); the end of " + logFile + ":\n" + child.logTail(LOG_LINES));
    }
}

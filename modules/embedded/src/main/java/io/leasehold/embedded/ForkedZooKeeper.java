package io.leasehold.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private final ZooKeeperOptions options;
    private final int port;
    private final Path config;
    private final Path logFile;
    private ChildJvm child;

    /** Prepares a server; its port is fixed from here on, but nothing runs before {@link #start}. */
    public ForkedZooKeeper(ZooKeeperOptions options) throws IOException {
        this.options = options;
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
        launch();
        awaitReady();
    }

    /** Starts the server's process and returns at once; the members of an ensemble become ready only together. */
    public void launch() throws IOException {
        launch(false);
    }

    /** The same, but the process goes on when this one ends: whoever wants it to end has to know its pid. */
    public void launchToStay() throws IOException {
        launch(true);
    }

    private void launch(boolean stays) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("zookeeper: running as pid " + pid() + " (expected: stopped)");
        }
        FreePort.await(port, PORT_PATIENCE);
        if (options.serverId() > 0) {
            Files.createDirectories(options.dataDirectory());
            Files.writeString(options.dataDirectory().resolve("myid"), Integer.toString(options.serverId()));
        }
        ChildJvmBuilder builder = ChildJvm.of("org.apache.zookeeper.server.quorum.QuorumPeerMain")
                .jvmOptions(
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dlogback.configurationFile=io/leasehold/embedded/child-logback.xml")
                .args(config.toString())
                .logFile(logFile);
        child = (stays ? builder.stays() : builder).start();
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

    /** Removes all that a stopped server has stored, as if its disk had been replaced. */
    public void wipe() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("zookeeper: running as pid " + pid() + " (expected: stopped)");
        }
        if (Files.exists(options.dataDirectory())) {
            try (Stream<Path> files = Files.walk(options.dataDirectory())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
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

    /** Waits until a launched server serves; kills it and throws if that takes too long. */
    public void awaitReady() throws IOException {
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

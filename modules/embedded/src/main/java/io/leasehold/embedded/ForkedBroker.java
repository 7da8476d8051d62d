package io.leasehold.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka broker in a process of its own, reachable on the loopback address alone. It can be stopped, killed, paused
 * and started again on the same data and the same port as often as one likes; it ends when this process does.
 *
 * <p>Not thread-safe, but several brokers may be started from several threads at once.
 */
public final class ForkedBroker implements AutoCloseable {
    private static final int LOG_LINES = 30;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    /** A broker whose parent was killed a moment ago may take as long as this to let go of its port. */
    private static final Duration PORT_PATIENCE = Duration.ofMillis(2 * ChildMain.HALT_AFTER_MS);

    private final BrokerOptions options;
    private final Path logFile;
    private final Path properties;
    private final String clusterId;
    private final int port;
    private ChildJvm child;

    /** Prepares a broker; its ports are fixed from here on, but nothing runs before {@link #start}. */
    public ForkedBroker(BrokerOptions options) throws IOException {
        this.options = options;
        DataDirectory directory = new DataDirectory(options.directory().toAbsolutePath());
        this.port = directory.port("port", options.port());
        int controllerPort = directory.port("controller-port", options.controllerPort());
        String data = directory.path().resolve("data").toString();
        this.logFile = directory.path().resolve("broker.log");
        this.properties =
                directory.write("server.properties", BrokerProperties.text(options, port, controllerPort, data));
        this.clusterId = options.clusterId().isEmpty()
                ? directory.value("cluster-id", () -> Uuid.randomUuid().toString())
                : options.clusterId();
    }

    /** A running cluster of one broker that keeps its data in the directory. */
    public static ForkedBroker startIn(Path directory) throws IOException {
        ForkedBroker broker = new ForkedBroker(BrokerOptions.in(directory));
        broker.start();
        return broker;
    }

    /**
     * Starts the broker and returns when it answers as a member of its cluster.
     *
     * @throws IOException if it ends or does not answer in time; the message says so and shows the end of its log
     */
    public void start() throws IOException {
        launch();
        awaitReady();
    }

    /** Starts the broker's process and returns at once; the members of a cluster become ready only together. */
    public void launch() throws IOException {
        launch(false);
    }

    /** The same, but the process goes on when this one ends: whoever wants it to end has to know its pid. */
    public void launchToStay() throws IOException {
        launch(true);
    }

    private void launch(boolean stays) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("broker: running as pid " + pid() + " (expected: stopped)");
        }
        FreePort.await(port, PORT_PATIENCE);
        // It goes on where memory runs out: what a producer's record unpacks to may not fit, and then only that is
        // refused.
        ChildJvmBuilder builder = ChildJvm.of(BrokerProcess.class.getName())
                .jvmOptions(
                        "-Xmx" + options.heapMiB() + "m",
                        "-Xms" + Math.min(64, options.heapMiB()) + "m",
                        "-XX:+UseSerialGC",
                        "-Dlogback.configurationFile=io/leasehold/embedded/child-logback.xml")
                .jvmOptions(options.jvmOptions())
                .args(properties.toString(), clusterId)
                .classPath(options.classPath())
                .logFile(logFile);
        child = (stays ? builder.stays() : builder).start();
    }

    /** Waits until a launched broker answers as a member of its cluster; kills it and throws if that takes too long. */
    public void awaitReady() throws IOException {
        long deadline = System.nanoTime() + options.startTimeout().toNanos();
        BrokerProbe probe = new BrokerProbe(bootstrapServers(), options.nodeId());
        while (!probe.answers()) {
            if (child.awaitExit(BrokerProbe.PAUSE)) {
                throw failure("ended with exit code " + child.process().exitValue());
            }
            if (System.nanoTime() > deadline) {
                child.kill();
                throw failure("gave no answer within " + options.startTimeout().toSeconds() + " s");
            }
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public String clusterId() {
        return clusterId;
    }

    public Path logFile() {
        return logFile;
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** SIGTERM: an orderly end, by force if it takes more than fifteen seconds. */
    public void stop() {
        if (child != null) {
            child.stop(STOP_PATIENCE);
        }
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** SIGSTOP: the broker stands still, its connections stay open. */
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

    private IOException failure(String what) {
        return new IOException("broker at " + bootstrapServers() + " " + what + " (expected: ready within "
                + TimeUnit.MILLISECONDS.toSeconds(options.startTimeout().toMillis()) + " s); the end of " + logFile
                + ":\n" + child.logTail(LOG_LINES));
    }
}

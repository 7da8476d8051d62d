package io.leasehold.cli.staying;

import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.Leasehold;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorJvm;
import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** One coordinator of a cluster that stays: what it is configured with, and its process. */
final class StayingCoordinator {
    static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    private static final long PAUSE_MS = 100;

    private final Path directory;
    private final String id;
    private final PidFile pid;

    StayingCoordinator(Path directory, int number) {
        this.directory = directory;
        this.id = "c" + number;
        this.pid = new PidFile(directory.resolve(id + ".pid"));
    }

    String id() {
        return id;
    }

    boolean isAlive() throws IOException {
        return pid.isAlive();
    }

    private Path config() {
        return directory.resolve(id + ".properties");
    }

    Path log() {
        return directory.resolve(id + ".log");
    }

    /** Where it listens, as it is configured. */
    URI url() throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(config())) {
            properties.load(in);
        }
        return URI.create("http://127.0.0.1:" + properties.getProperty("listen.port"));
    }

    /** Writes the configuration, which holds a secret, unless there is one: it may have been edited. */
    void configure(Map<String, String> settings) throws IOException {
        if (Files.exists(config())) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(settings);
        Files.createFile(config(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(config())) {
            properties.store(out, null);
        }
    }

    /** Returns before it is ready. */
    void start() throws IOException {
        ChildJvm child = ChildJvm.of(Leasehold.class.getName())
                .jvmOptions(CoordinatorJvm.options("64m", "512m"))
                .jvmOptions("-XX:+ExitOnOutOfMemoryError")
                .args("coordinator", "--config", config().toString())
                .logFile(log())
                .stays()
                .start();
        pid.write(child.pid());
    }

    /** Whether it says that it is ready to serve, or will never be, having ended. */
    boolean isReadyOrOver() {
        try {
            return !isAlive() || isReady(Coordinator.at(url(), ANSWER_TIMEOUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOver() {
        try {
            return !isAlive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once it says that it is ready to serve. */
    void awaitReady(Duration patience) throws IOException {
        Coordinator asked = Coordinator.at(url(), ANSWER_TIMEOUT);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isReady(asked)) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw new Failure("coordinator " + id + (isAlive() ? " is not ready" : " has ended")
                        + " (expected: ready within " + patience.toSeconds() + " s); its log says why: " + log());
            }
            pause();
        }
    }

    private static boolean isReady(Coordinator asked) {
        try {
            return asked.getForAnswer(Routes.READY).statusCode() == 200;
        } catch (Failure e) {
            return false;
        }
    }

    /** SIGTERM: it hands its shards over. */
    void terminate() throws IOException {
        pid.terminate();
    }

    boolean awaitEnd() throws IOException {
        return pid.awaitEnd(STOP_PATIENCE);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }
}

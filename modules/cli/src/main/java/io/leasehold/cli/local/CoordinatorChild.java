package io.leasehold.cli.local;

import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.Leasehold;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A coordinator in a process of its own, which ends with this one. Any thread may ask; one may start and stop it. */
public final class CoordinatorChild implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    private static final long PAUSE_MS = 50;
    private static final int LOG_LINES = 20;

    private final String id;
    private final URI url;
    private final ChildJvm jvm;

    private CoordinatorChild(String id, URI url, ChildJvm jvm) {
        this.id = id;
        this.url = url;
        this.jvm = jvm;
    }

    /** Starts one with this configuration, which must give its id and its port; returns before it is ready. */
    static CoordinatorChild launch(Path directory, Map<String, String> settings, List<String> jvmOptions)
            throws IOException {
        String id = settings.get("coordinator.id");
        Path config = directory.resolve(id + ".properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        Files.createDirectories(directory);
        try (var out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        }
        ChildJvm jvm = ChildJvm.of(Leasehold.class.getName())
                .jvmOptions(jvmOptions)
                .jvmOptions("-XX:+ExitOnOutOfMemoryError")
                .args("coordinator", "--config", config.toString())
                .logFile(directory.resolve(id + ".log"))
                .start();
        return new CoordinatorChild(id, URI.create("http://127.0.0.1:" + settings.get("listen.port")), jvm);
    }

    /** Returns once it says that it is ready to serve. */
    public void awaitReady() {
        Coordinator asked = Coordinator.at(url, ANSWER_TIMEOUT);
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady(asked)) {
            if (!jvm.isAlive() || System.nanoTime() > deadline) {
                String what = jvm.isAlive() ? "is not ready" : "has ended";
                throw new Failure("coordinator " + id + " " + what + " (expected: ready within "
                        + START_PATIENCE.toSeconds() + " s); the end of " + jvm.logFile() + ":\n"
                        + jvm.logTail(LOG_LINES));
            }
            pause();
        }
    }

    public String id() {
        return id;
    }

    public URI url() {
        return url;
    }

    /** The process, to be killed or paused. */
    public ChildJvm jvm() {
        return jvm;
    }

    public boolean isAlive() {
        return jvm.isAlive();
    }

    /** SIGTERM: it hands its shards over. */
    @Override
    public void close() {
        jvm.stop(STOP_PATIENCE);
    }

    private static boolean isReady(Coordinator asked) {
        try {
            return asked.getForAnswer(Routes.READY).statusCode() == 200;
        } catch (Failure e) {
            return false;
        }
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

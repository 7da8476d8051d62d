package io.leasehold.chaos.cluster;

import io.leasehold.chaos.net.Proxy;
import io.leasehold.cli.Leasehold;
import io.leasehold.embedded.ChildJvm;
import io.leasehold.embedded.ChildJvmBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One coordinator: a process that may be started again as often as one likes, and the proxies before its connections. A
 * process that is meant to run and has ended is started again by {@link #tend}, as any supervisor would. Thread-safe.
 */
public final class CoordinatorNode implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final String id;
    private final Path config;
    private final Path log;
    private final String directUrl;
    private final FakeClock clock;
    private final Proxy http;
    private final List<Proxy> kafka;
    private final List<Proxy> zooKeeper;
    private Release release = Release.present();
    private ChildJvm jvm;
    private boolean wanted;
    private int endedByItself;

    /** @param clock its wall clock, or null for the machine's */
    CoordinatorNode(
            Path directory,
            Map<String, String> settings,
            FakeClock clock,
            Proxy http,
            List<Proxy> kafka,
            List<Proxy> zooKeeper)
            throws IOException {
        this.id = settings.get("coordinator.id");
        this.config = directory.resolve(id + ".properties");
        this.log = directory.resolve(id + ".log");
        this.directUrl = "http://127.0.0.1:" + settings.get("listen.port");
        this.clock = clock;
        this.http = http;
        this.kafka = kafka;
        this.zooKeeper = zooKeeper;
        Properties properties = new Properties();
        properties.putAll(settings);
        Files.createDirectories(directory);
        try (var out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        }
    }

    /** From its next start on, it runs this release. */
    public synchronized void runs(Release next) {
        release = next;
    }

    /** What it runs, or will when it is started. */
    public synchronized Release release() {
        return release;
    }

    /** Returns at once. */
    public synchronized void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("coordinator " + id + ": runs (expected: stopped)");
        }
        wanted = true;
        ChildJvmBuilder builder = ChildJvm.of(Leasehold.class.getName())
                .jvmOptions("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
                .classPath(release.classPath())
                .args("coordinator", "--config", config.toString())
                .args(release.arguments())
                .logFile(log);
        if (clock != null) {
            clock.environment().forEach(builder::environment);
        }
        // Others tell that a process has ended by its port, which refuses them: the proxy's must do the same.
        http.listen();
        jvm = builder.start();
    }

    public String id() {
        return id;
    }

    /** Where workers and the other coordinators reach it: through the proxy. */
    public String url() {
        return "http://" + http.address();
    }

    /** Where it listens. */
    public String directUrl() {
        return directUrl;
    }

    public synchronized boolean isAlive() {
        return jvm != null && jvm.isAlive();
    }

    /** Starts it again if it is meant to run and does not: some troubles end a coordinator, and it says why in its log. */
    public synchronized void tend() throws IOException {
        if (wanted && !isAlive()) {
            endedByItself++;
            start();
        }
    }

    /** How often it was {@link #tend}ed. */
    public synchronized int endedByItself() {
        return endedByItself;
    }

    /** SIGKILL. */
    public synchronized void kill() {
        wanted = false;
        jvm.kill();
        http.refuse();
    }

    /** SIGTERM, and the wait until it has handed its shards over; by force, and false, after half a minute. */
    public synchronized boolean stop() {
        wanted = false;
        boolean inOrder = jvm.stop(STOP_PATIENCE);
        http.refuse();
        return inOrder;
    }

    /** SIGSTOP. */
    public synchronized void pause() throws IOException {
        tend();
        jvm.pause();
    }

    /** SIGCONT. */
    public synchronized void resume() {
        jvm.resume();
    }

    /** Where it logs. */
    public Path log() {
        return log;
    }

    /** Its wall clock, if that can be set; else null. */
    public FakeClock clock() {
        return clock;
    }

    /** Between workers, clients, other coordinators and this one. */
    public void http(Proxy.Mode mode) {
        http.mode(mode);
    }

    public void kafka(Proxy.Mode mode) {
        kafka.forEach(proxy -> proxy.mode(mode));
    }

    public void zooKeeper(Proxy.Mode mode) {
        zooKeeper.forEach(proxy -> proxy.mode(mode));
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
        http.close();
        kafka.forEach(Proxy::close);
        zooKeeper.forEach(Proxy::close);
    }
}

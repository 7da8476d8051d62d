package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Grant;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Routes;
import io.leasehold.api.Task;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.CoordinatorJvm;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.embedded.FreePort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A coordinator with a heap of 256 MiB in a process of its own, on all of this machine's addresses, and an honest client who
 * tells whether it was harmed. It is shared by all tests of this JVM, which it ends with; a test that asks for it gets one that
 * lives and serves, whatever the test before did to it.
 */
final class Besieged {
    static final String HEAP = "256m";
    static final int MAX_CONNECTIONS = 300;

    private static final Map<String, String> SETTINGS = Map.of(
            "zookeeper.session.ms",
            "4000",
            "listen.address",
            "0.0.0.0",
            "listen.insecure",
            "true",
            "http.max.connections",
            Integer.toString(MAX_CONNECTIONS));
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static Besieged shared;

    private final LocalCluster cluster;
    private CoordinatorChild child;
    private int started;
    private int tasks;

    private Besieged(LocalCluster cluster) {
        this.cluster = cluster;
    }

    static synchronized Besieged ready() throws IOException {
        if (shared == null) {
            Path directory = Files.createDirectories(Path.of("target", "process-tests"));
            LocalCluster cluster = new LocalCluster(
                    Files.createTempDirectory(directory, "besieged-").toAbsolutePath(), SETTINGS);
            cluster.start();
            shared = new Besieged(cluster);
        }
        shared.rise();
        return shared;
    }

    /** The broker under it. */
    LocalCluster cluster() {
        return cluster;
    }

    long pid() {
        return child.jvm().pid();
    }

    URI url() {
        return child.url();
    }

    Wire wire() {
        return Wire.to(child);
    }

    /** Where attackers find it. */
    InetSocketAddress address() {
        return new InetSocketAddress(child.url().getHost(), child.url().getPort());
    }

    /** The same under an address of this machine that is not the loopback, if it has one. */
    Optional<InetSocketAddress> outerAddress() throws IOException {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress())
                    .map(one -> new InetSocketAddress(one, child.url().getPort()))
                    .findFirst();
        }
    }

    /** The honest client's, whatever is answered but a refusal. */
    void post(String path, String json) {
        Coordinator.at(child.url(), PATIENCE).post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    /** What a GET of it is answered with, by the honest client. */
    String get(String path) {
        return new String(Coordinator.at(child.url(), PATIENCE).get(path));
    }

    /**
     * While the attackers go on as they do: the process lives, says so within a second, and an honest client gets a task in,
     * out and done. The client asks again where it is refused, as the SDK does.
     */
    void assertUnharmed() {
        assertLives();
        await(
                () -> Coordinator.at(child.url(), A_SECOND)
                                .getForAnswer(Routes.LIVE)
                                .statusCode()
                        == 200,
                "/livez answers 200 within a second");
        await(this::isServing, "an honest client gets a task in, out and done");
        assertLives();
    }

    private boolean isServing() {
        Wire wire = wire();
        String id = "honest-" + ++tasks;
        if (!wire.submit(Task.of("honest", 1).id(id))) {
            return false;
        }
        List<Grant> grants = wire.poll("honest", "honest", 10, 2_000);
        grants.forEach(
                grant -> assertThat(wire.succeed("honest", grant.lease(), "1")).isEqualTo(ReportStatus.OK));
        return "completed".equals(wire.get(id).state());
    }

    private void assertLives() {
        assertThat(child.isAlive())
                .as(() -> "the coordinator lives; the end of its log:\n"
                        + child.jvm().logTail(20))
                .isTrue();
        assertThat(cluster.broker().isAlive()).as("the broker under it lives").isTrue();
    }

    /** Each try has a connection of its own. */
    private void await(Holds holds, String what) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertLives();
                    try {
                        return holds.now();
                    } catch (Failure e) {
                        return false;
                    }
                });
    }

    private interface Holds {
        boolean now();
    }

    private void rise() throws IOException {
        if (!cluster.broker().isAlive()) {
            cluster.broker().start();
        }
        if (child == null || !child.isAlive()) {
            int port = FreePort.take();
            Map<String, String> own =
                    Map.of("listen.port", Integer.toString(port), "advertised.url", "http://127.0.0.1:" + port);
            child = cluster.launch("c" + ++started, own, CoordinatorJvm.options("64m", HEAP));
            child.awaitReady();
        }
        Awaitility.await("every shard is served")
                .atMost(START_PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(Failure.class)
                .until(() -> isServed(wire().cluster()));
    }

    private boolean isServed(ClusterView view) {
        return view.shards().stream()
                .allMatch(shard -> "active".equals(shard.status()) && child.id().equals(shard.owner()));
    }
}

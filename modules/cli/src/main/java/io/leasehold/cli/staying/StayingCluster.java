package io.leasehold.cli.staying;

import io.leasehold.cli.Failure;
import io.leasehold.cli.local.ClusterKey;
import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.embedded.ForkedZooKeeper;
import io.leasehold.embedded.ZooKeeperOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A cluster on the loopback address that stays: one broker, one ZooKeeper and some coordinators c1, c2, and so on, each a
 * process of its own. Everything about it is in its directory. Not thread-safe.
 */
final class StayingCluster {
    static final Duration READY_PATIENCE = Duration.ofSeconds(90);
    private static final Duration SERVER_PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final PidFile brokerPid;
    private final PidFile zooKeeperPid;

    StayingCluster(Path directory) {
        this.directory = directory.toAbsolutePath();
        this.brokerPid = new PidFile(this.directory.resolve("kafka.pid"));
        this.zooKeeperPid = new PidFile(this.directory.resolve("zookeeper.pid"));
    }

    Path directory() {
        return directory;
    }

    boolean isRunning() throws IOException {
        return brokerPid.isAlive() || zooKeeperPid.isAlive() || !alive().isEmpty();
    }

    /** Those that were ever configured, by number. */
    List<StayingCoordinator> coordinators() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("c[1-9][0-9]*\\.properties"))
                    .map(name -> Integer.parseInt(name.substring(1, name.indexOf('.'))))
                    .sorted()
                    .map(number -> new StayingCoordinator(directory, number))
                    .toList();
        }
    }

    List<StayingCoordinator> alive() throws IOException {
        List<StayingCoordinator> alive = new ArrayList<>();
        for (StayingCoordinator each : coordinators()) {
            if (each.isAlive()) {
                alive.add(each);
            }
        }
        return alive;
    }

    /** Where the live ones listen; a {@link Failure} if there is none. */
    List<URI> urls() throws IOException {
        List<URI> urls = new ArrayList<>();
        for (StayingCoordinator each : alive()) {
            urls.add(each.url());
        }
        if (urls.isEmpty()) {
            throw new Failure(
                    "no coordinator runs in " + directory + "\nStart the cluster with: leasehold local start");
        }
        return urls;
    }

    /** Starts the broker and ZooKeeper, unless they run; returns when both serve. */
    void startServers(Ports ports, Consumer<String> news) throws IOException {
        Files.createDirectories(directory);
        ForkedZooKeeper zooKeeper = new ForkedZooKeeper(zooKeeperOptions(ports));
        ForkedBroker broker = new ForkedBroker(brokerOptions(ports));
        if (!zooKeeperPid.isAlive()) {
            zooKeeper.launchToStay();
            zooKeeperPid.write(zooKeeper.pid());
            zooKeeper.awaitReady();
            news.accept("ZooKeeper runs at " + zooKeeper.connectString());
        }
        if (!brokerPid.isAlive()) {
            broker.launchToStay();
            brokerPid.write(broker.pid());
            broker.awaitReady();
            news.accept("Kafka runs at " + broker.bootstrapServers());
        }
    }

    private ZooKeeperOptions zooKeeperOptions(Ports ports) {
        return ZooKeeperOptions.in(directory.resolve("zookeeper")).withPort(ports.zooKeeper());
    }

    private BrokerOptions brokerOptions(Ports ports) {
        return BrokerOptions.in(directory.resolve("kafka")).withPort(ports.kafka());
    }

    /** Starts coordinators, of the lowest numbers first, until so many run; returns before they are ready. */
    List<StayingCoordinator> startCoordinators(int wanted, Ports ports, Map<String, String> settings)
            throws IOException {
        List<StayingCoordinator> started = new ArrayList<>();
        int running = alive().size();
        for (int number = 1; running + started.size() < wanted; number++) {
            StayingCoordinator each = new StayingCoordinator(directory, number);
            if (!each.isAlive()) {
                each.configure(settings(number, ports, settings));
                each.start();
                started.add(each);
            }
        }
        return started;
    }

    private Map<String, String> settings(int number, Ports ports, Map<String, String> more) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "coordinator.id",
                "c" + number,
                "listen.port",
                Integer.toString(ports.http() + number - 1),
                "bootstrap.servers",
                "127.0.0.1:" + ports.kafka(),
                "zookeeper.connect",
                "127.0.0.1:" + ports.zooKeeper(),
                "topic.replication.factor",
                "1",
                "cluster.keys",
                ClusterKey.in(directory)));
        settings.putAll(more);
        return settings;
    }

    /** Ends all in good order: coordinators, then the broker, ZooKeeper last. Returns who had to be ended by force. */
    List<String> stop(Consumer<String> news) throws IOException {
        List<String> forced = new ArrayList<>();
        List<StayingCoordinator> alive = alive();
        for (StayingCoordinator each : alive) {
            each.terminate();
        }
        for (StayingCoordinator each : alive) {
            note(each.id(), each.awaitEnd(), forced, news);
        }
        stop("Kafka", brokerPid, forced, news);
        stop("ZooKeeper", zooKeeperPid, forced, news);
        return forced;
    }

    private static void stop(String name, PidFile pid, List<String> forced, Consumer<String> news) throws IOException {
        if (pid.isAlive()) {
            pid.terminate();
            note(name, pid.awaitEnd(SERVER_PATIENCE), forced, news);
        }
    }

    private static void note(String name, boolean byItself, List<String> forced, Consumer<String> news) {
        news.accept(name + (byItself ? " has stopped" : " did not stop, and was killed"));
        if (!byItself) {
            forced.add(name);
        }
    }
}

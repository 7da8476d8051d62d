package io.leasehold.cli.staying;

import io.leasehold.cli.Failure;
import io.leasehold.cli.local.ServerPorts;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Screen;
import io.leasehold.cli.scale.ClusterPictures;
import io.leasehold.cli.scale.MoveWatch;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold local start}. */
@Command(
        name = "start",
        description = {
            "Start Kafka, ZooKeeper and coordinators, or those of them that do not run, on the loopback address alone.",
            "Ports and settings are kept in the directory from the first start on."
        })
final class StartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private Output output;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many are to run at least (default: ${DEFAULT-VALUE}).")
    private int coordinators;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "4",
            description = "The first time (default: ${DEFAULT-VALUE}); later: leasehold shards grow.")
    private int shards;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8470",
            description = "For HTTP at c1; c2 gets the next one, and so on (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private ServerPorts serverPorts;

    @Option(
            names = "--override",
            paramLabel = "KEY=VALUE",
            description = "A setting of coordinators that have none yet; may be given several times.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /** What is printed as JSON. */
    record Running(String directory, List<URI> urls, String bootstrapServers, String zooKeeper) {}

    @Override
    public Integer call() throws IOException {
        if (coordinators < 1 || coordinators > 64) {
            throw new ParameterException(
                    spec.commandLine(), "--coordinators: " + coordinators + " (expected: 1 to 64)");
        }
        StayingCluster cluster = place.cluster();
        Ports ports = Ports.kept(cluster.directory(), new Ports(port, serverPorts.kafka(), serverPorts.zooKeeper()));
        Screen screen = new Screen(
                output.isJson()
                        ? spec.commandLine().getErr()
                        : spec.commandLine().getOut(),
                false);
        start(cluster, ports, screen);
        Running running = new Running(
                cluster.directory().toString(),
                cluster.urls(),
                "127.0.0.1:" + ports.kafka(),
                "127.0.0.1:" + ports.zooKeeper());
        if (output.isJson()) {
            output.json(running);
        } else {
            show(running);
        }
        return 0;
    }

    private void start(StayingCluster cluster, Ports ports, Screen screen) throws IOException {
        try {
            cluster.startServers(ports, screen::news);
        } catch (IOException e) {
            throw new Failure(
                    e.getMessage() + "\nTaken ports can be changed before the first start: --port, --kafka-port, "
                            + "--zookeeper-port; they are kept in "
                            + cluster.directory().resolve("ports.properties"),
                    e);
        }
        Map<String, String> settings = new LinkedHashMap<>(overrides);
        settings.putIfAbsent("shards", Integer.toString(shards));
        for (StayingCoordinator each : cluster.startCoordinators(coordinators, ports, settings)) {
            screen.news(each.id() + " starts at " + each.url());
        }
        for (StayingCoordinator each : cluster.alive()) {
            each.awaitReady(StayingCluster.READY_PATIENCE);
        }
        new MoveWatch(new ClusterPictures(cluster.urls()), screen).await(view -> null, StayingCluster.READY_PATIENCE);
    }

    private void show(Running running) {
        output.line("Ready; data, logs and pids are in " + running.directory());
        output.line("  HTTP       " + running.urls());
        output.line("  Kafka      " + running.bootstrapServers() + "   (topic leasehold.tasks)");
        output.line("  ZooKeeper  " + running.zooKeeper());
    }
}

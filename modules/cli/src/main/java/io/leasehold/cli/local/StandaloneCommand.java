package io.leasehold.cli.local;

import io.leasehold.cli.Failure;
import io.leasehold.cli.Logs;
import io.leasehold.server.config.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold standalone}. */
@Command(
        name = "standalone",
        description = {
            "Run all of Leasehold on this machine: Kafka, ZooKeeper and one coordinator, on the loopback address alone.",
            "Its data stays on disk. It may be stopped or killed at any time; started again, it goes on where it was."
        },
        footer = {
            "%nExamples:",
            "  leasehold standalone",
            "  leasehold standalone --data /tmp/try --port 8480 --kafka-port 9192 --zookeeper-port 2281"
        })
public final class StandaloneCommand implements Callable<Integer> {
    private static final long WATCH_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.leasehold/standalone",
            description = "Where the data lies (default: ~/.leasehold/standalone).")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8470",
            description = "For HTTP (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private ServerPorts serverPorts;

    @Option(
            names = "--override",
            paramLabel = "KEY=VALUE",
            description = "A setting of the coordinator; may be given several times.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        Logs.ofService();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Leasehold standalone, data in " + data + "; starting Kafka and ZooKeeper ...");
        out.flush();
        Standalone standalone = prepared();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone), "stop"));
        start(standalone);
        welcome(standalone, out);
        while (standalone.broker().isAlive() && standalone.isServing()) {
            TimeUnit.MILLISECONDS.sleep(WATCH_MS);
        }
        if (standalone.broker().isAlive()) {
            throw new Failure(
                    "The coordinator has stopped; what it has logged says why.\nStart again: no data is lost.");
        }
        throw new Failure("Kafka has ended; see " + standalone.broker().logFile() + "\nStart again: no data is lost.");
    }

    private Standalone prepared() throws IOException {
        try {
            return new Standalone(
                    data, new Standalone.Ports(port, serverPorts.kafka(), serverPorts.zooKeeper()), overrides);
        } catch (InvalidConfigException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void start(Standalone standalone) throws Exception {
        try {
            standalone.start();
        } catch (IOException e) {
            throw new Failure(
                    e.getMessage() + "\nTaken ports can be changed: --port, --kafka-port, --zookeeper-port", e);
        }
    }

    private static void welcome(Standalone standalone, PrintWriter out) {
        String url = standalone.url().endsWith(":8470") ? "" : " --url " + standalone.url();
        out.println("Ready.");
        out.println("  HTTP       " + standalone.url());
        out.println("  Kafka      " + standalone.bootstrapServers() + "   (topic leasehold.tasks)");
        out.println("  ZooKeeper  " + standalone.zooKeeperConnect());
        standalone
                .stopped()
                .forEach(shard -> out.println("  NOT SERVED: shard " + shard.shard() + ": " + shard.problem()));
        out.println("Try, in another terminal:");
        out.println("  scripts/leasehold submit" + url + " --queue hello --payload '{\"name\":\"world\"}'");
        out.println("  scripts/leasehold worker" + url + " --queue hello --exec 'cat'");
        out.println("  scripts/leasehold queues" + url);
        out.println("Ctrl-C stops it; the data stays.");
        out.flush();
    }

    private static void stop(Standalone standalone) {
        try {
            standalone.close();
        } catch (IOException | RuntimeException e) {
            System.err.println("leasehold standalone: stopping: " + e);
        }
    }
}

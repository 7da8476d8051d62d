package io.leasehold.cli.local;

import picocli.CommandLine.Option;

/** The options that say where a local cluster's Kafka and ZooKeeper listen. */
public final class ServerPorts {
    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "For Kafka (default: ${DEFAULT-VALUE}).")
    private int kafka;

    @Option(
            names = "--zookeeper-port",
            paramLabel = "PORT",
            defaultValue = "2181",
            description = "For ZooKeeper (default: ${DEFAULT-VALUE}).")
    private int zooKeeper;

    public int kafka() {
        return kafka;
    }

    public int zooKeeper() {
        return zooKeeper;
    }
}

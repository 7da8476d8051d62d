package io.leasehold.cli.staying;

import io.leasehold.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where things listen, on the loopback address; written down when a cluster is first started, and kept.
 *
 * @param http of c1; c2 has the next one, and so on
 */
record Ports(int http, int kafka, int zooKeeper) {
    private static final String FILE = "ports.properties";

    /** What was written down, or, the first time, these. */
    static Ports kept(Path directory, Ports first) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            return read(directory);
        }
        Files.createDirectories(directory);
        Properties properties = new Properties();
        properties.put("http", Integer.toString(first.http));
        properties.put("kafka", Integer.toString(first.kafka));
        properties.put("zookeeper", Integer.toString(first.zooKeeper));
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return first;
    }

    static Ports read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            throw new Failure("--directory: " + directory
                    + " (expected: the directory of a cluster)\nStart one there with: leasehold local start");
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new Ports(port(properties, "http"), port(properties, "kafka"), port(properties, "zookeeper"));
    }

    private static int port(Properties properties, String name) {
        return Integer.parseInt(properties.getProperty(name));
    }
}

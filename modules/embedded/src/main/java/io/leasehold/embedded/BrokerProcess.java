package io.leasehold.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The main class of a forked broker: formats its storage the first time, then is Kafka's own main. Its
 * arguments are the broker's properties file and the id of the cluster.
 */
public final class BrokerProcess {
    private BrokerProcess() {}

    /** Runs a broker until the process is told to end. */
    public static void main(String[] args) throws Throwable {
        Path file = Path.of(args[0]);
        format(read(file), args[1]);
        ChildMain.run("kafka.Kafka", new String[] {file.toString()});
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static void format(Properties properties, String clusterId) throws Exception {
        String directory = properties.getProperty("log.dirs");
        new Formatter()
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(clusterId)
                .addDirectory(directory)
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }
}

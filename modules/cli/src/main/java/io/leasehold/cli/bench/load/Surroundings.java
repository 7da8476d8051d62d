package io.leasehold.cli.bench.load;

import io.leasehold.cli.Leasehold;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** On what it was measured. */
public final class Surroundings {
    private static final String KAFKA = "/kafka/kafka-version.properties";

    private Surroundings() {}

    public static Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        String own = Leasehold.class.getPackage().getImplementationVersion();
        versions.put("leasehold", own == null ? "not packaged" : own);
        versions.put("kafka", kafka());
        versions.put("java", System.getProperty("java.version"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return versions;
    }

    /** The load is how many processes wanted a processor in the last minute, this bench's own among them. */
    public static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return machine;
    }

    private static String kafka() {
        try (InputStream in = Surroundings.class.getResourceAsStream(KAFKA)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

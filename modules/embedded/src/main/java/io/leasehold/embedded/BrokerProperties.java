package io.leasehold.embedded;

import java.util.Map;
import java.util.TreeMap;

/** The settings of a forked broker: a combined KRaft node on the loopback address. */
final class BrokerProperties {
    private static final String HOST = "127.0.0.1";
    private static final int INTERNAL_PARTITIONS = 1;
    private static final int MAX_REPLICAS = 3;
    private static final int ALONE_SESSION_MS = 3_000;

    private BrokerProperties() {}

    /** The text of its properties file. */
    static String text(BrokerOptions options, int port, int controllerPort, String dataDirectory) {
        Map<String, String> settings = new TreeMap<>();
        node(settings, options, port, controllerPort);
        settings.put("log.dirs", dataDirectory);
        internalTopics(settings, options);
        bounds(settings);
        settings.putAll(options.settings());
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        return text.toString();
    }

    private static void node(Map<String, String> settings, BrokerOptions options, int port, int controllerPort) {
        String own = options.nodeId() + "@" + HOST + ":" + controllerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(options.nodeId()));
        settings.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.quorum.voters", options.voters().isEmpty() ? own : options.voters());
        settings.put("auto.create.topics.enable", "false");
        if (options.voters().isEmpty()) {
            // After a kill, a broker is let in again only when its former self is given up: 9 s by default.
            settings.put("broker.session.timeout.ms", Integer.toString(ALONE_SESSION_MS));
            settings.put("broker.heartbeat.interval.ms", Integer.toString(ALONE_SESSION_MS / 6));
        }
    }

    private static void internalTopics(Map<String, String> settings, BrokerOptions options) {
        int members = options.voters().isEmpty() ? 1 : options.voters().split(",").length;
        String replicas = Integer.toString(Math.min(members, MAX_REPLICAS));
        String inSync = members >= MAX_REPLICAS ? "2" : "1";
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", Integer.toString(INTERNAL_PARTITIONS));
        for (String topic : new String[] {"transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", replicas);
            settings.put(topic + ".min.isr", inSync);
            settings.put(topic + ".num.partitions", Integer.toString(INTERNAL_PARTITIONS));
        }
    }

    /** What a producer may hold up, and what the broker may take for itself. */
    private static void bounds(Map<String, String> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.max.timeout.ms", "60000");
        // Kafka's default takes 128 MiB of heap at the start, for compaction that nothing here asks for.
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    }
}

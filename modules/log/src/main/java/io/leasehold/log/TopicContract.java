package io.leasehold.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What one topic must be.
 *
 * @param partitions exactly so many if it {@code holdsTruth}, else at least
 * @param holdsTruth whether what is lost here is lost; then its settings are inspected, not just made right at creation
 * @param settings as it is created with
 */
record TopicContract(String name, int partitions, int replicas, boolean holdsTruth, Map<String, String> settings) {
    static final String MAX_MESSAGE_BYTES = "max.message.bytes";

    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String MIN_IN_SYNC = "min.insync.replicas";

    /** Kafka's default. A turn of half a MiB and one more task of the largest size fit into it. */
    private static final int SMALLEST_MAX_MESSAGE = 1_048_588;

    /** What the size of a partition is kept to is counted in whole segments. */
    private static final int SEGMENT_BYTES = 64 << 20;

    /** Of one partition of the topic of rejected submissions: who may write to the inbox fills it. */
    private static final long REJECTED_BYTES = 1L << 30;

    private static final long PUBLIC_RETENTION_MS = TimeUnit.DAYS.toMillis(7);

    /** What must hold for as long as the topic exists; the segment size, for one, is a matter of taste. */
    private static final List<String> INSPECTED = List.of(
            "cleanup.policy",
            "retention.ms",
            RETENTION_BYTES,
            "message.timestamp.type",
            "unclean.leader.election.enable");

    static List<TopicContract> of(LogOptions options) {
        TopicNames names = options.topics();
        return List.of(
                truth(names.tasks(), options, Map.of("compression.type", "uncompressed")),
                truth(names.journal(), options, Map.of("segment.bytes", Integer.toString(SEGMENT_BYTES))),
                open(names.ended(), options, Map.of()),
                open(
                        names.rejected(),
                        options,
                        Map.of(
                                RETENTION_BYTES,
                                Long.toString(REJECTED_BYTES),
                                "segment.bytes",
                                Integer.toString(SEGMENT_BYTES))));
    }

    private static TopicContract truth(String name, LogOptions options, Map<String, String> more) {
        Map<String, String> settings = basics(options);
        settings.put("retention.ms", "-1");
        settings.put(RETENTION_BYTES, "-1");
        settings.putAll(more);
        return new TopicContract(name, options.shards(), options.replicationFactor(), true, settings);
    }

    private static TopicContract open(String name, LogOptions options, Map<String, String> more) {
        Map<String, String> settings = basics(options);
        settings.put("retention.ms", Long.toString(PUBLIC_RETENTION_MS));
        settings.putAll(more);
        return new TopicContract(name, options.shards(), options.replicationFactor(), false, settings);
    }

    private static Map<String, String> basics(LogOptions options) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("message.timestamp.type", "LogAppendTime");
        settings.put("unclean.leader.election.enable", "false");
        settings.put(MIN_IN_SYNC, options.replicationFactor() >= 3 ? "2" : "1");
        settings.put(MAX_MESSAGE_BYTES, Integer.toString(SMALLEST_MAX_MESSAGE));
        return settings;
    }

    NewTopic newTopic() {
        return new NewTopic(name, partitions, (short) replicas).configs(settings);
    }

    /**
     * What is wrong with the topic as it is.
     *
     * @param mayHaveMore whether more partitions than shards are nothing wrong, though nobody reads them
     */
    List<String> problems(TopicDescription topic, Config config, boolean mayHaveMore) {
        List<String> problems = new ArrayList<>();
        int found = topic.partitions().size();
        boolean exactly = holdsTruth && !mayHaveMore;
        if (exactly ? found != partitions : found < partitions) {
            String hint = found > partitions
                    ? "; set shards=" + found + ", or finish a growth: leasehold shards grow " + found
                    : "";
            problems.add(problem("partitions", found, (exactly ? "" : "at least ") + partitions + hint));
        }
        atLeast(problems, MAX_MESSAGE_BYTES, config, SMALLEST_MAX_MESSAGE);
        if (holdsTruth) {
            inspect(problems, topic, config);
        }
        return problems;
    }

    /** What should be set, though everything works without it: topics of older releases are without a bound on their size. */
    List<String> advice(Config config) {
        String most = holdsTruth ? null : settings.get(RETENTION_BYTES);
        String found = value(config, RETENTION_BYTES);
        return most == null || found == null || isAtMost(Long.parseLong(found), Long.parseLong(most))
                ? List.of()
                : List.of(problem(RETENTION_BYTES, found, "at most " + most));
    }

    private static boolean isAtMost(long bytes, long most) {
        return bytes >= 0 && bytes <= most;
    }

    /** @param topic as it is, or null if it is missing */
    TopicReport report(TopicDescription topic, Config config) {
        if (topic == null) {
            return new TopicReport(name, false, partitions, replicas, new TreeMap<>(settings), List.of());
        }
        return new TopicReport(
                name,
                true,
                topic.partitions().size(),
                fewestCopies(topic),
                Map.of(),
                List.copyOf(problems(topic, config, false)));
    }

    private static int fewestCopies(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private void inspect(List<String> problems, TopicDescription topic, Config config) {
        int copies = fewestCopies(topic);
        if (copies < replicas) {
            problems.add(problem("replication.factor", copies, "at least " + replicas));
        }
        atLeast(problems, MIN_IN_SYNC, config, Integer.parseInt(settings.get(MIN_IN_SYNC)));
        for (String setting : INSPECTED) {
            same(problems, setting, config);
        }
        if (settings.containsKey("compression.type")) {
            same(problems, "compression.type", config);
        }
    }

    private void same(List<String> problems, String setting, Config config) {
        String value = value(config, setting);
        if (!settings.get(setting).equals(value)) {
            problems.add(problem(setting, value, settings.get(setting)));
        }
    }

    private void atLeast(List<String> problems, String setting, Config config, int least) {
        String value = value(config, setting);
        if (value == null || Long.parseLong(value) < least) {
            problems.add(problem(setting, value, "at least " + least));
        }
    }

    String problem(String setting, Object value, Object expected) {
        return name + " " + setting + ": " + value + " (expected: " + expected + ")";
    }

    static String value(Config config, String setting) {
        ConfigEntry entry = config.get(setting);
        return entry == null ? null : entry.value();
    }
}

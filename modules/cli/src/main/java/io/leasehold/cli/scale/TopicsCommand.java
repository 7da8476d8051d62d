package io.leasehold.cli.scale;

import io.leasehold.cli.ExitCodes;
import io.leasehold.cli.output.Output;
import io.leasehold.cli.output.Table;
import io.leasehold.log.LogOptions;
import io.leasehold.log.TopicReport;
import io.leasehold.log.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold topics create}. */
@Command(
        name = "topics",
        description = "Make the four topics, or check those that are there.",
        footer = {
            "%nExamples:",
            "  leasehold topics create --bootstrap-servers kafka:9092              # says what it would make",
            "  leasehold topics create --bootstrap-servers kafka:9092 --execute    # makes it"
        })
public final class TopicsCommand implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which? There is: create");
    }

    /** What is printed as JSON. */
    record Made(boolean dryRun, List<TopicReport> topics) {}

    @Command(
            name = "create",
            description = {
                "Make the topics that are missing with the settings that the guarantees need, and check the others. The first "
                        + "coordinator of a cluster does the same; this is for whoever wants them before, or by other rights.",
                "Without --execute nothing is made. Exit code 1 if a topic that is there is not as it must be."
            })
    int create(
            @Mixin Output output,
            @Option(
                            names = "--bootstrap-servers",
                            paramLabel = "HOST:PORT",
                            defaultValue = "127.0.0.1:9092",
                            description = "Where Kafka is (default: ${DEFAULT-VALUE}).")
                    String bootstrapServers,
            @Option(
                            names = "--topic-prefix",
                            paramLabel = "PREFIX",
                            defaultValue = "leasehold",
                            description = "What the topics' names begin with (default: ${DEFAULT-VALUE}).")
                    String prefix,
            @Option(
                            names = "--shards",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "Partitions of each (default: ${DEFAULT-VALUE}).")
                    int shards,
            @Option(
                            names = "--replication-factor",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Copies of each partition (default: ${DEFAULT-VALUE}).")
                    int replicas,
            @Option(
                            names = "--client-config",
                            paramLabel = "FILE",
                            description =
                                    "A properties file with further settings of Kafka's clients, such as security.protocol.")
                    Path clientConfig,
            @Option(names = "--execute", description = "Make them.") boolean execute)
            throws IOException {
        LogOptions options = options(bootstrapServers, prefix, shards, replicas, settings(clientConfig));
        List<TopicReport> topics = Topics.look(options);
        boolean sound = topics.stream().allMatch(topic -> topic.problems().isEmpty());
        boolean missing = topics.stream().anyMatch(topic -> !topic.exists());
        if (execute && missing && sound) {
            Topics.ensure(options, null);
            topics = Topics.look(options);
            sound = topics.stream()
                    .allMatch(topic -> topic.exists() && topic.problems().isEmpty());
        }
        print(output, topics, execute, sound);
        return sound ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static void print(Output output, List<TopicReport> topics, boolean executed, boolean sound) {
        if (output.isJson()) {
            output.json(new Made(!executed, topics));
            return;
        }
        Table table = new Table("TOPIC", "PARTITIONS", "REPLICAS", "STATE", "SETTINGS");
        for (TopicReport topic : topics) {
            String state = !topic.exists() ? "missing" : topic.problems().isEmpty() ? "as it must be" : "wrong";
            table.row(
                    topic.name(),
                    topic.partitions(),
                    topic.replicas(),
                    state,
                    topic.exists() ? null : topic.settings());
        }
        output.line(table.toString());
        topics.stream().flatMap(topic -> topic.problems().stream()).forEach(output::warn);
        boolean missing = topics.stream().anyMatch(topic -> !topic.exists());
        if (missing && sound) {
            output.line("would make what is missing (dry run; add --execute to do it)");
        } else if (missing) {
            output.line("nothing is made while a topic that is there is not as it must be");
        }
    }

    private LogOptions options(
            String bootstrapServers, String prefix, int shards, int replicas, Map<String, String> admin) {
        try {
            return new LogOptions(
                    bootstrapServers,
                    prefix,
                    shards,
                    replicas,
                    LogOptions.APPEND_TIMEOUT,
                    PATIENCE,
                    Map.of(),
                    Map.of(),
                    admin);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Map<String, String> settings(Path file) throws IOException {
        Properties properties = new Properties();
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--client-config: " + file + " (expected: a properties file that can be read)");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> !"bootstrap.servers".equals(name))
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}

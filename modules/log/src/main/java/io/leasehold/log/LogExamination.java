package io.leasehold.log;

import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.core.task.Home;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What can be learned of the Kafka cluster under a scheduler by asking alone: nothing is written, made or joined. Every
 * method blocks until Kafka answers, and throws {@link KafkaUnreachable} if it does not within the connect time-out. Not
 * thread-safe.
 */
public final class LogExamination implements AutoCloseable {
    private final LogOptions options;
    private final KafkaClients clients;
    private final Admin admin;

    /**
     * The brokers that are up.
     *
     * @param features what the cluster as a whole speaks, by name: {@code metadata.version} for one
     */
    public record Brokers(String clusterId, List<String> addresses, Map<String, Integer> features) {}

    /** A partition that is short of copies. */
    public record ShortPartition(String partition, int inSync, int replicas, boolean hasLeader) {}

    /** What lies in the inbox and is not settled: how many records were looked at, and how many of them are not at home. */
    public record InboxSample(int records, int misplaced) {}

    private LogExamination(LogOptions options) {
        this.options = options;
        this.clients = new KafkaClients(options);
        this.admin = clients.admin();
    }

    /** @throws KafkaUnreachable if the addresses cannot be resolved */
    public static LogExamination open(LogOptions options) {
        return new LogExamination(options);
    }

    public Brokers brokers() {
        DescribeClusterResult cluster = admin.describeCluster();
        Collection<Node> nodes = get(cluster.nodes());
        Map<String, Integer> features = new TreeMap<>();
        get(admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .forEach((String name, FinalizedVersionRange range) ->
                        features.put(name, (int) range.maxVersionLevel()));
        return new Brokers(
                get(cluster.clusterId()),
                nodes.stream()
                        .map(node -> node.host() + ":" + node.port())
                        .sorted()
                        .toList(),
                features);
    }

    /**
     * All that is not as it must be with the topics' existence, partitions and settings.
     *
     * @param expected what the topics were when they were pinned, or null
     */
    public List<String> topicProblems(LogIdentity expected) {
        return new Topics(admin, options).problems(expected);
    }

    /** What should be set on the topics, though everything works without it. */
    public List<String> topicAdvice() {
        return new Topics(admin, options).inspect().advice();
    }

    /** The partitions of the topics that have no leader, or fewer copies in sync than they should. */
    public List<ShortPartition> shortPartitions() {
        List<ShortPartition> found = new ArrayList<>();
        new Topics(admin, options).inspect().topics().forEach((name, topic) -> {
            for (TopicPartitionInfo partition : topic.partitions()) {
                int inSync = partition.isr().size();
                int replicas = partition.replicas().size();
                boolean hasLeader =
                        partition.leader() != null && !partition.leader().isEmpty();
                if (!hasLeader || inSync < replicas) {
                    found.add(new ShortPartition(name + "-" + partition.partition(), inSync, replicas, hasLeader));
                }
            }
        });
        return found;
    }

    /** How long a producer may keep a transaction open, in milliseconds, by broker. */
    public Map<Integer, Long> transactionTimeoutsMs() {
        List<ConfigResource> brokers = get(admin.describeCluster().nodes()).stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        Map<Integer, Long> timeouts = new TreeMap<>();
        get(admin.describeConfigs(brokers).all())
                .forEach((broker, config) -> timeouts.put(
                        Integer.parseInt(broker.name()),
                        Long.parseLong(config.get("transaction.max.timeout.ms").value())));
        return timeouts;
    }

    /** Who is allowed to write to the journal by an access rule; empty if the brokers check no access at all. */
    public Optional<TreeSet<String>> journalWriters() {
        ResourcePatternFilter journal =
                new ResourcePatternFilter(ResourceType.TOPIC, options.topics().journal(), PatternType.MATCH);
        AccessControlEntryFilter allowed =
                new AccessControlEntryFilter(null, null, AclOperation.ANY, AclPermissionType.ALLOW);
        try {
            return Optional.of(get(admin.describeAcls(new AclBindingFilter(journal, allowed))
                            .values())
                    .stream()
                    .map(AclBinding::entry)
                    .filter(entry -> entry.operation() == AclOperation.WRITE || entry.operation() == AclOperation.ALL)
                    .map(entry -> entry.principal())
                    .collect(Collectors.toCollection(TreeSet::new)));
        } catch (SecurityDisabledException e) {
            return Optional.empty();
        }
    }

    /**
     * Looks at the newest records of the inbox that are still there.
     *
     * @param perPartition how many at most of each
     */
    public InboxSample inbox(int perPartition) {
        String topic = options.topics().tasks();
        int partitions = get(admin.describeTopics(List.of(topic))
                        .topicNameValues()
                        .get(topic))
                .partitions()
                .size();
        int[] counts = new int[2];
        for (int p = 0; p < partitions; p++) {
            int partition = p;
            try (PartitionScan scan = new PartitionScan(
                    new TopicPartition(topic, p),
                    clients.inboxConsumer(),
                    options.bootstrapServers(),
                    options.connectTimeout())) {
                scan.read(
                        Math.max(scan.start(), scan.end() - perPartition),
                        scan.end(),
                        (offset, time, key, value, headers) -> {
                            counts[0]++;
                            counts[1] += isMisplaced(key, partition, partitions) ? 1 : 0;
                        });
            } catch (RecordsDeleted e) {
                // Settled while it was looked at: the shard's owner is doing its work.
            }
        }
        return new InboxSample(counts[0], counts[1]);
    }

    /** A record without a key is at home where it lies: it gets its id there. */
    private static boolean isMisplaced(byte[] key, int partition, int partitions) {
        return key != null && Home.of(new String(key, StandardCharsets.UTF_8), partitions) != partition;
    }

    private <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(2 * options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new KafkaUnreachable(options.bootstrapServers(), options.connectTimeout(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw new KafkaUnreachable(options.bootstrapServers(), options.connectTimeout(), e.getCause());
            }
            throw e.getCause() instanceof RuntimeException known ? known : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

package io.leasehold.log;

import io.leasehold.coordinator.port.LogIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the four topics and inspects them. Every method blocks until Kafka answers, and throws {@link KafkaUnreachable}
 * if it does not within the connect time-out. Thread-safe.
 */
public final class Topics {
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Admin admin;
    private final LogOptions options;
    private final List<TopicContract> contracts;

    Topics(Admin admin, LogOptions options) {
        this.admin = admin;
        this.options = options;
        this.contracts = TopicContract.of(options);
    }

    /** Makes what is missing, inspects the rest, and says what these topics are; see {@link KafkaShardLogs#open}. */
    public static LogIdentity ensure(LogOptions options, LogIdentity expected) {
        Admin admin = new KafkaClients(options).admin();
        try {
            return new Topics(admin, options).ensure(expected).identity();
        } finally {
            close(admin);
        }
    }

    /**
     * What is there of the four topics, and what {@link #ensure(LogOptions, LogIdentity)} would make; makes nothing.
     *
     * @throws KafkaUnreachable if Kafka does not answer within the connect time-out
     */
    public static List<TopicReport> look(LogOptions options) {
        Admin admin = new KafkaClients(options).admin();
        try {
            TopicInspection now = new Topics(admin, options).inspect();
            return TopicContract.of(options).stream()
                    .map(contract -> contract.report(
                            now.topics().get(contract.name()), now.configs().get(contract.name())))
                    .toList();
        } finally {
            close(admin);
        }
    }

    /** Every answer that was waited for is there; without a limit it may wait for ever for a broker that stands still. */
    private static void close(Admin admin) {
        admin.close(Duration.ZERO);
    }

    /** What the topics are, and the largest message that all of them take. */
    record Found(LogIdentity identity, int maxMessageBytes) {}

    /**
     * @param expected what the topics were when last seen, or null; then a topic that holds the truth is never made anew
     * @throws WrongTopicSettings if anything is not as it must be
     */
    Found ensure(LogIdentity expected) {
        TopicInspection before = inspect();
        List<String> lost = before.differences(expected);
        if (!lost.isEmpty()) {
            throw new WrongTopicSettings(lost);
        }
        create(before.missing());
        TopicInspection now = inspectUntilThere();
        // Known topics with more partitions than shards are what a growth leaves behind that was cut short.
        List<String> problems = now.problems(expected != null);
        if (!problems.isEmpty()) {
            throw new WrongTopicSettings(problems);
        }
        return new Found(now.identity(), now.maxMessageBytes());
    }

    /**
     * What the topics are, whatever their settings; makes nothing.
     *
     * @throws WrongTopicSettings if one is missing
     */
    Found find() {
        TopicInspection now = inspect();
        if (!now.missing().isEmpty()) {
            throw new WrongTopicSettings(now.missing().stream()
                    .map(contract ->
                            contract.problem("topic", "missing", "a topic; a coordinator that starts makes it"))
                    .toList());
        }
        LogIdentity identity = now.identity();
        int shards = now.topics().get(options.topics().journal()).partitions().size();
        return new Found(
                new LogIdentity(identity.clusterId(), identity.journalTopicId(), identity.inboxTopicId(), shards),
                now.maxMessageBytes());
    }

    /** All that is wrong now with the topics, which were the given ones; empty if nothing is. */
    List<String> problems(LogIdentity expected) {
        TopicInspection now = inspect();
        List<String> problems = new ArrayList<>(now.differences(expected));
        problems.addAll(now.problems(false));
        return problems;
    }

    /** How many partitions the inbox and the journal both have; 0 if one is missing. */
    int partitions() {
        Map<String, TopicDescription> now = describe();
        return Stream.of(options.topics().tasks(), options.topics().journal())
                .mapToInt(name ->
                        now.containsKey(name) ? now.get(name).partitions().size() : 0)
                .min()
                .orElse(0);
    }

    /** How Kafka keeps the topics now, as far as they are there. */
    TopicHealth health() {
        Map<String, TopicDescription> now = describe();
        int lacking = (int) now.values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition ->
                        partition.isr().size() < partition.replicas().size())
                .count();
        TopicDescription inbox = now.get(options.topics().tasks());
        int shards = inbox == null ? 0 : inbox.partitions().size();
        // The stable end first: what is appended in between looks held back for a moment, never the other way round.
        List<Long> stable = inboxEnds(shards, IsolationLevel.READ_COMMITTED);
        List<Long> end = inboxEnds(shards, IsolationLevel.READ_UNCOMMITTED);
        return new TopicHealth(
                lacking,
                IntStream.range(0, shards)
                        .mapToObj(shard -> new TopicHealth.InboxEnd(stable.get(shard), end.get(shard)))
                        .toList(),
                rejectedDropped(now.get(options.topics().rejected())));
    }

    /** Offsets begin at 0, and what is deleted is deleted from the beginning. */
    private long rejectedDropped(TopicDescription rejected) {
        if (rejected == null) {
            return 0;
        }
        Map<TopicPartition, OffsetSpec> starts = rejected.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(rejected.name(), partition.partition()),
                        partition -> OffsetSpec.earliest()));
        return get(admin.listOffsets(starts).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    private List<Long> inboxEnds(int shards, IsolationLevel isolation) {
        List<TopicPartition> inboxes = IntStream.range(0, shards)
                .mapToObj(shard -> new TopicPartition(options.topics().tasks(), shard))
                .toList();
        Map<TopicPartition, ListOffsetsResultInfo> ends = get(admin.listOffsets(
                        inboxes.stream().collect(Collectors.toMap(inbox -> inbox, inbox -> OffsetSpec.latest())),
                        new ListOffsetsOptions(isolation))
                .all());
        return inboxes.stream().map(inbox -> ends.get(inbox).offset()).toList();
    }

    /** See {@link KafkaShardLogs#addPartitions}. */
    void addPartitions(int upTo) {
        TopicInspection before = inspect();
        List<String> problems = new ArrayList<>();
        Map<String, NewPartitions> wanted = new HashMap<>();
        for (TopicContract contract : contracts) {
            TopicDescription topic = before.topics().get(contract.name());
            int found = topic == null ? 0 : topic.partitions().size();
            if (topic == null) {
                problems.add(contract.problem("topic", "missing", "a topic"));
            } else if (contract.holdsTruth() && found > upTo) {
                problems.add(contract.problem(
                        "partitions", found, "at most " + upTo + "; grow to " + found + " or more instead"));
            } else if (found < upTo) {
                wanted.put(contract.name(), NewPartitions.increaseTo(upTo));
            }
        }
        if (!problems.isEmpty()) {
            throw new WrongTopicSettings(problems);
        }
        get(admin.createPartitions(wanted).all());
        awaitPartitions(upTo);
    }

    private void awaitPartitions(int wanted) {
        long deadline = System.nanoTime() + options.connectTimeout().toNanos();
        while (!inspect().isComplete(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaUnreachable(
                        options.bootstrapServers(),
                        options.connectTimeout(),
                        new IllegalStateException("the new partitions have no leaders yet"));
            }
            pause();
        }
    }

    /**
     * Makes sure that the journal is still the one that was found at the start: another one under its name is empty, and
     * would be served as if nothing had ever been accepted.
     *
     * @throws WrongTopicSettings if it is not
     */
    void checkJournal(LogIdentity expected) {
        String journal = options.topics().journal();
        String id = journalId(journal);
        if (!expected.journalTopicId().equals(id)) {
            throw new WrongTopicSettings(
                    List.of(journal + " topic.id: " + id + " (expected: " + expected.journalTopicId() + ")"));
        }
    }

    private String journalId(String journal) {
        try {
            return get(admin.describeTopics(List.of(journal)).topicNameValues().get(journal))
                    .topicId()
                    .toString();
        } catch (UnknownTopicOrPartitionException e) {
            return "none";
        }
    }

    private TopicInspection inspectUntilThere() {
        long deadline = System.nanoTime() + options.connectTimeout().toNanos();
        TopicInspection inspection = inspect();
        while (!inspection.isComplete() && System.nanoTime() < deadline) {
            pause();
            inspection = inspect();
        }
        return inspection;
    }

    TopicInspection inspect() {
        String clusterId = clusterId();
        Map<String, TopicDescription> topics = new HashMap<>(describe());
        Set<ConfigResource> resources = topics.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .collect(Collectors.toSet());
        Map<String, Config> configs = new HashMap<>();
        admin.describeConfigs(resources).values().forEach((topic, config) -> {
            try {
                configs.put(topic.name(), get(config));
            } catch (UnknownTopicOrPartitionException e) {
                topics.remove(topic.name()); // deleted in between
            }
        });
        return new TopicInspection(options, contracts, clusterId, topics, configs);
    }

    /** The first question of all: whatever keeps it from being answered, Kafka is not to be had there. */
    private String clusterId() {
        try {
            return get(admin.describeCluster().clusterId());
        } catch (KafkaUnreachable e) {
            throw e;
        } catch (KafkaException e) {
            throw new KafkaUnreachable(options.bootstrapServers(), options.connectTimeout(), e);
        }
    }

    private Map<String, TopicDescription> describe() {
        Set<String> there = get(admin.listTopics().names());
        Set<String> ours = contracts.stream()
                .map(TopicContract::name)
                .filter(there::contains)
                .collect(Collectors.toSet());
        try {
            return get(admin.describeTopics(ours).allTopicNames());
        } catch (UnknownTopicOrPartitionException e) {
            return Map.of(); // listed, but not yet known everywhere
        }
    }

    private void create(Collection<TopicContract> missing) {
        var results = admin.createTopics(
                        missing.stream().map(TopicContract::newTopic).toList())
                .values();
        for (KafkaFuture<Void> result : results.values()) {
            try {
                get(result);
            } catch (TopicExistsException e) {
                // another coordinator was first; it is inspected like any other
            }
        }
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
            throw unwrapped(e.getCause());
        }
    }

    private RuntimeException unwrapped(Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException || cause instanceof TopicExistsException) {
            return (RuntimeException) cause;
        }
        if (cause instanceof RetriableException) {
            return new KafkaUnreachable(options.bootstrapServers(), options.connectTimeout(), cause);
        }
        return cause instanceof RuntimeException known ? known : new KafkaException(cause);
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}

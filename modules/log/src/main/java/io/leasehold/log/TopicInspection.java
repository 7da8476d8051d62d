package io.leasehold.log;

import io.leasehold.coordinator.port.LogIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;

/** The topics as they were found at one moment, held against what they must be. */
record TopicInspection(
        LogOptions options,
        List<TopicContract> contracts,
        String clusterId,
        Map<String, TopicDescription> topics,
        Map<String, Config> configs) {

    List<TopicContract> missing() {
        return contracts.stream()
                .filter(contract -> !topics.containsKey(contract.name()))
                .toList();
    }

    /** Whether all topics are there and all their partitions have leaders. */
    boolean isComplete() {
        return isComplete(1);
    }

    /** The same, with at least so many partitions each. */
    boolean isComplete(int partitions) {
        return missing().isEmpty()
                && topics.values().stream().allMatch(topic -> topic.partitions().size() >= partitions)
                && topics.values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.leader() != null);
    }

    LogIdentity identity() {
        TopicNames names = options.topics();
        return new LogIdentity(clusterId, topicId(names.journal()), topicId(names.tasks()), options.shards());
    }

    /** What should be set on the topics, and need not. */
    List<String> advice() {
        return contracts.stream()
                .filter(contract -> configs.containsKey(contract.name()))
                .flatMap(contract -> contract.advice(configs.get(contract.name())).stream())
                .toList();
    }

    int maxMessageBytes() {
        return Integer.parseInt(
                TopicContract.value(configs.get(options.topics().tasks()), TopicContract.MAX_MESSAGE_BYTES));
    }

    /** In what these are not the topics that were expected; none if nothing was. */
    List<String> differences(LogIdentity expected) {
        List<String> problems = new ArrayList<>();
        if (expected != null) {
            TopicNames names = options.topics();
            differ(problems, "cluster.id", clusterId, expected.clusterId());
            differ(problems, names.journal() + " topic.id", topicId(names.journal()), expected.journalTopicId());
            differ(problems, names.tasks() + " topic.id", topicId(names.tasks()), expected.inboxTopicId());
            differ(problems, "shards", options.shards(), expected.shards());
        }
        return problems;
    }

    /**
     * All that is not as it must be.
     *
     * @param mayHaveMore whether more partitions than shards are none
     */
    List<String> problems(boolean mayHaveMore) {
        List<String> problems = new ArrayList<>();
        Set<String> largest = new HashSet<>();
        for (TopicContract contract : contracts) {
            if (topics.containsKey(contract.name())) {
                Config config = configs.get(contract.name());
                problems.addAll(contract.problems(topics.get(contract.name()), config, mayHaveMore));
                largest.add(TopicContract.value(config, TopicContract.MAX_MESSAGE_BYTES));
            } else {
                problems.add(
                        contract.problem("topic", "missing", "a topic with " + contract.partitions() + " partitions"));
            }
        }
        if (largest.size() > 1) {
            problems.add(options.topicPrefix() + ".* " + TopicContract.MAX_MESSAGE_BYTES + ": " + largest
                    + " (expected: the same for all four topics)");
        }
        return problems;
    }

    private String topicId(String topic) {
        TopicDescription description = topics.get(topic);
        return description == null ? "none" : description.topicId().toString();
    }

    private static void differ(List<String> problems, String name, Object value, Object expected) {
        if (!expected.equals(value)) {
            problems.add(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

package io.leasehold.cli.doctor;

import io.leasehold.log.LogExamination.Brokers;
import io.leasehold.log.LogExamination.InboxSample;
import io.leasehold.log.LogExamination.ShortPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What the facts about Kafka mean. */
final class KafkaVerdicts {
    private static final long LONGEST_TRANSACTION_MS = 60_000;
    private static final int SAFE_BROKERS = 3;

    private KafkaVerdicts() {}

    static Finding brokers(Brokers brokers) {
        String found = brokers.addresses().size() + " up: " + String.join(", ", brokers.addresses()) + "; cluster "
                + brokers.clusterId() + version(brokers.features());
        return brokers.addresses().size() >= SAFE_BROKERS
                ? Finding.ok("brokers", found)
                : Finding.note(
                        "brokers",
                        found,
                        "for production run three or more, with topic.replication.factor=3: fewer do not survive the "
                                + "loss of one");
    }

    private static String version(Map<String, Integer> features) {
        Integer version = features.get("metadata.version");
        return version == null ? "" : "; metadata.version " + version;
    }

    static Finding topics(List<String> problems, String prefix, int shards) {
        if (problems.isEmpty()) {
            return Finding.ok("topics", "all four of " + prefix + ".* are as they must be, " + shards + " shards");
        }
        boolean missing = problems.stream().anyMatch(problem -> problem.contains("topic: missing"));
        boolean another = problems.stream().anyMatch(problem -> problem.contains(".id: "));
        String advice = another
                ? "these are not the topics that the cluster was made with: check bootstrap.servers and topic.prefix; if a "
                        + "topic was deleted, bring it back from a backup"
                : missing
                        ? "start a coordinator: it makes what is missing the first time"
                        : "set it back with kafka-configs.sh --alter --entity-type topics; tasks may be lost until then";
        return Finding.wrong("topics", String.join("; ", problems), advice);
    }

    static Finding rejected(List<String> advice, String prefix) {
        return advice.isEmpty()
                ? Finding.ok("rejected", "what " + prefix + ".rejected may take up is bounded")
                : Finding.note(
                        "rejected",
                        String.join("; ", advice),
                        "all who may submit through Kafka can fill it for as long as retention.ms says: "
                                + "kafka-configs.sh --alter --entity-type topics --entity-name " + prefix
                                + ".rejected --add-config retention.bytes=1073741824,segment.bytes=67108864");
    }

    static Finding copies(List<ShortPartition> partitions) {
        if (partitions.isEmpty()) {
            return Finding.ok("replicas", "all in sync");
        }
        String found = partitions.stream()
                .limit(5)
                .map(each -> each.partition()
                        + (each.hasLeader()
                                ? ": " + each.inSync() + " of " + each.replicas() + " in sync"
                                : ": no leader"))
                .collect(Collectors.joining("; "));
        int more = partitions.size() - 5;
        return Finding.wrong(
                "replicas",
                found + (more > 0 ? "; and " + more + " more partitions" : ""),
                "bring the missing brokers back; below min.insync.replicas nothing is accepted");
    }

    /** @param writers empty if there is no authorizer */
    static Finding journalWriters(Optional<? extends SortedSet<String>> writers, String journal) {
        if (writers.isEmpty()) {
            return Finding.note(
                    "journal access",
                    "the brokers check no access (no authorizer)",
                    "whoever reaches the brokers may write to " + journal + ", which is the truth; set "
                            + "authorizer.class.name and let the coordinators alone write to it");
        }
        SortedSet<String> principals = writers.get();
        if (principals.contains("User:*")) {
            return Finding.wrong(
                    "journal access",
                    "everyone may write to " + journal,
                    "remove that rule: kafka-acls.sh --remove --allow-principal 'User:*' --operation Write --topic "
                            + journal);
        }
        return principals.size() <= 1
                ? Finding.ok(
                        "journal access",
                        principals.isEmpty()
                                ? "no rule lets anyone write to " + journal + "; super users may"
                                : principals.first() + " alone may write to " + journal)
                : Finding.note(
                        "journal access",
                        "may write to " + journal + ": " + String.join(", ", principals),
                        "only coordinators should; remove the others with kafka-acls.sh --remove");
    }

    static Finding transactions(Map<Integer, Long> timeoutsMs) {
        long longest =
                timeoutsMs.values().stream().mapToLong(each -> each).max().orElse(0);
        return longest <= LONGEST_TRANSACTION_MS
                ? Finding.ok("transactions", "transaction.max.timeout.ms: " + longest)
                : Finding.note(
                        "transactions",
                        "transaction.max.timeout.ms: " + longest + " (expected: at most " + LONGEST_TRANSACTION_MS
                                + ")",
                        "set it on the brokers: a producer that dies in a transaction holds back Kafka submissions of its "
                                + "partition for so long");
    }

    /**
     * @param sample what lies in the inbox now
     * @param accepted tasks that coordinators accepted since they started, over HTTP too
     * @param resent submissions that they had to send on to their home since
     */
    static Finding partitioner(InboxSample sample, long accepted, long resent) {
        String found = sample.misplaced() + " of " + sample.records() + " records in the inbox, and " + resent
                + " submissions since the coordinators started (of " + accepted + " tasks accepted)";
        if (sample.misplaced() + resent == 0) {
            return Finding.ok("partitioner", found + " lay in a partition that is not their key's home");
        }
        return Finding.wrong(
                "partitioner",
                found + " lie in a partition that is not their key's home",
                "they are sent on, which costs a round trip: producers on librdkafka (Python, Go, .NET, Node, kcat) set "
                        + "partitioner=murmur2_random; Java's default is right, once the producer knows how many partitions "
                        + "there are now");
    }
}

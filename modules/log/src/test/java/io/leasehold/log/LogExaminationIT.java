package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leasehold.core.task.Home;
import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import io.leasehold.log.LogExamination.InboxSample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that checks access, which most of the others here do not. */
class LogExaminationIT {
    private static final int SHARDS = 4;

    @TempDir
    static Path directory;

    private static ForkedBroker broker;
    private static KafkaFixture kafka;
    private static LogOptions options;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new ForkedBroker(BrokerOptions.in(directory)
                .withJvmOptions(BrokerOptions.QUICK_START)
                .withSettings(Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS")));
        broker.start();
        kafka = new KafkaFixture(broker.bootstrapServers());
        options = LogOptions.of(broker.bootstrapServers(), SHARDS, 1);
        Topics.ensure(options, null);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        broker.close();
    }

    @Test
    void freshTopicsAreAsTheyMustBe() {
        try (LogExamination examination = LogExamination.open(options)) {
            assertThat(examination.brokers().addresses()).containsExactly(broker.bootstrapServers());
            assertThat(examination.brokers().features()).containsKey("metadata.version");
            assertThat(examination.topicProblems(null)).isEmpty();
            assertThat(examination.shortPartitions()).isEmpty();
            assertThat(examination.transactionTimeoutsMs().values()).containsExactly(60_000L);
        }
    }

    @Test
    void missingTopicsAndMoreCopiesThanThereAreAreProblems() {
        try (LogExamination examination = LogExamination.open(options.withTopicPrefix("other"))) {
            assertThat(examination.topicProblems(null))
                    .hasSize(4)
                    .allMatch(problem -> problem.contains(" topic: missing "));
        }
        try (LogExamination examination = LogExamination.open(options.withTopics(SHARDS, 3))) {
            assertThat(examination.topicProblems(null))
                    .contains("leasehold.journal replication.factor: 1 (expected: at least 3)");
        }
    }

    @Test
    void writersOfTheJournalAreThoseWhomARuleLetsWrite() throws Exception {
        try (LogExamination examination = LogExamination.open(options)) {
            assertThat(examination.journalWriters())
                    .hasValueSatisfying(writers -> assertThat(writers).isEmpty());

            kafka.admin
                    .createAcls(List.of(
                            rule("leasehold.journal", PatternType.LITERAL, "User:coordinator", AclOperation.WRITE),
                            rule("lease", PatternType.PREFIXED, "User:operator", AclOperation.ALL),
                            rule("leasehold.journal", PatternType.LITERAL, "User:reader", AclOperation.READ),
                            rule("leasehold.tasks", PatternType.LITERAL, "User:producer", AclOperation.WRITE)))
                    .all()
                    .get();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> examination
                            .journalWriters()
                            .orElseThrow()
                            .equals(Set.of("User:coordinator", "User:operator")));
        }
    }

    private static AclBinding rule(String topic, PatternType pattern, String principal, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    @Test
    void recordsOfTheInboxThatAreNotAtHomeAreCounted() throws Exception {
        LogOptions own = options.withTopicPrefix("inbox");
        Topics.ensure(own, null);
        for (int i = 0; i < 10; i++) {
            String id = "id-" + i;
            int home = Home.of(id, SHARDS);
            kafka.send("inbox.tasks", i < 3 ? (home + 1) % SHARDS : home, id, "{}");
        }
        kafka.send("inbox.tasks", 2, (byte[]) null, new byte[] {'{', '}'});

        try (LogExamination examination = LogExamination.open(own)) {
            assertThat(examination.inbox(100)).isEqualTo(new InboxSample(11, 3));
            assertThat(examination.inbox(1).records()).isLessThanOrEqualTo(SHARDS);
        }
    }

    @Test
    void unreachableBrokersAreNamedInTime() {
        LogOptions away =
                LogOptions.of("127.0.0.1:1", SHARDS, 1).withTimeouts(LogOptions.APPEND_TIMEOUT, Duration.ofMillis(500));
        try (LogExamination examination = LogExamination.open(away)) {
            assertThatThrownBy(examination::brokers)
                    .isInstanceOf(KafkaUnreachable.class)
                    .hasMessageContaining("127.0.0.1:1");
        }
    }
}

package io.leasehold.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Home;
import io.leasehold.core.task.TaskState;
import io.leasehold.log.TopicHealth.InboxEnd;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the topics must be, and how ends are published to theirs, on any Kafka. */
abstract class TopicsContract extends SortingContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void freshTopicsAreAsTheyMustBeAndTheSameWhenOpenedAgain() {
        assertThat(logs.topicProblems()).isEmpty();
        assertThat(logs.identity().shards()).isEqualTo(SHARDS);
        assertThat(logs.maxTaskBytes()).isEqualTo((1_048_588 - 65_536) / 2);
        assertThat(Topics.ensure(options, logs.identity())).isEqualTo(logs.identity());
    }

    @Test
    void everyWrongSettingIsNamed() throws Exception {
        kafka.alter(topics.journal(), "retention.ms", "604800000");
        kafka.alter(topics.tasks(), "message.timestamp.type", "CreateTime");
        kafka.alter(topics.tasks(), "compression.type", "producer");
        kafka.alter(topics.rejected(), "max.message.bytes", "2000000");
        List<String> expected = List.of(
                topics.tasks() + " message.timestamp.type: CreateTime (expected: LogAppendTime)",
                topics.tasks() + " compression.type: producer (expected: uncompressed)",
                topics.journal() + " retention.ms: 604800000 (expected: -1)",
                options.topicPrefix()
                        + ".* max.message.bytes: [1048588, 2000000] (expected: the same for all four topics)");

        eventually(() -> logs.topicProblems().size() == 4);
        assertThat(logs.topicProblems()).containsExactlyInAnyOrderElementsOf(expected);
        WrongTopicSettings refused =
                catchThrowableOfType(WrongTopicSettings.class, () -> Topics.ensure(options, logs.identity()));
        assertThat(refused.problems()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(refused).hasMessageContaining(expected.get(2));
    }

    @Test
    void rejectedSubmissionsTakeUpSoManyBytesAndAnOlderTopicWithoutThatBoundStillServes() throws Exception {
        try (LogExamination examination = LogExamination.open(options)) {
            assertThat(examination.topicAdvice()).isEmpty();
            kafka.alter(topics.rejected(), "retention.bytes", "-1");

            eventually(() -> !examination.topicAdvice().isEmpty());
            assertThat(examination.topicAdvice())
                    .containsExactly(topics.rejected() + " retention.bytes: -1 (expected: at most 1073741824)");
            kafka.alter(topics.rejected(), "retention.bytes", "1000000");
            eventually(() -> examination.topicAdvice().isEmpty());
        }
        assertThat(logs.topicProblems()).isEmpty();
        assertThat(Topics.ensure(options, logs.identity())).isEqualTo(logs.identity());
    }

    @Test
    void rejectedSubmissionsThatKafkaDeletedAreCounted() throws Exception {
        for (int i = 0; i < 5; i++) {
            kafka.send(topics.rejected(), i % SHARDS, "k", "v");
        }
        assertThat(logs.topicHealth().rejectedDropped()).isZero();

        kafka.deleteBefore(topics.rejected(), 0, 2);
        kafka.deleteBefore(topics.rejected(), 1, 1);

        assertThat(logs.topicHealth().rejectedDropped()).isEqualTo(3);
    }

    @Test
    void anOpenTransactionHoldsBackTheInboxItWritesToAndNoOther() throws Exception {
        assertThat(logs.topicHealth())
                .isEqualTo(new TopicHealth(0, List.of(new InboxEnd(0, 0), new InboxEnd(0, 0)), 0));

        try (KafkaProducer<byte[], byte[]> producer = kafka.transactional("t-" + options.topicPrefix())) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topics.tasks(), 1, new byte[] {1}, new byte[] {1}))
                    .get(30, SECONDS);
            kafka.send(topics.tasks(), 1, "a", "{}");
            kafka.send(topics.tasks(), 0, "b", "{}");

            eventually(() -> logs.topicHealth().inboxes().equals(List.of(new InboxEnd(1, 1), new InboxEnd(0, 2))));
            assertThat(logs.topicHealth().inboxes().get(1).isHeldBack()).isTrue();
            producer.commitTransaction();
        }

        eventually(() -> logs.topicHealth().inboxes().stream().noneMatch(InboxEnd::isHeldBack));
    }

    @Test
    void anotherNumberOfShardsOrOfCopiesIsRefused() {
        LogOptions more = LogOptions.of(bootstrapServers(), SHARDS + 1, 3).withTopicPrefix(options.topicPrefix());
        assertThatThrownBy(() -> Topics.ensure(more, null))
                .isInstanceOf(WrongTopicSettings.class)
                .hasMessageContaining(topics.journal() + " partitions: 2 (expected: 3)")
                .hasMessageContaining(topics.ended() + " partitions: 2 (expected: at least 3)")
                .hasMessageContaining(topics.tasks() + " replication.factor: 1 (expected: at least 3)")
                .hasMessageContaining(topics.tasks() + " min.insync.replicas: 1 (expected: at least 2)");
    }

    @Test
    void partitionsAreAddedToAllTopicsAndAreHomesOnceTheyAreCounted() throws Exception {
        int more = SHARDS + 2;
        LogIdentity before = logs.identity();

        logs.addPartitions(more);
        logs.addPartitions(more);

        for (TopicReport topic : Topics.look(options.withShards(more))) {
            assertThat(topic.partitions()).as(topic.name()).isEqualTo(more);
            assertThat(topic.problems()).as(topic.name()).isEmpty();
        }
        assertThat(logs.topicProblems())
                .hasSize(2)
                .allMatch(problem -> problem.contains("leasehold shards grow " + more));
        assertThat(Topics.ensure(options, before)).isEqualTo(before);
        assertThatThrownBy(() -> logs.addPartitions(more - 1))
                .isInstanceOf(WrongTopicSettings.class)
                .hasMessageContaining("grow to " + more + " or more instead");

        String id = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "grown-" + i)
                .filter(one -> Home.of(one, more) == more - 1 && Home.of(one, SHARDS) == SHARDS - 1)
                .findFirst()
                .orElseThrow();
        logs.countShards(() -> more);
        assertThat(logs.identity()).isEqualTo(before.withShards(more));
        assertThat(logs.topicProblems()).isEmpty();
        kafka.send(topics.tasks(), SHARDS - 1, id, "{}");
        InboxTape old = flowing(SHARDS - 1, 0);
        InboxTape home = flowing(more - 1, 0);
        eventually(() -> old.next() == 1 && home.ids().size() == 1);
        assertThat(old.ids()).isEmpty();
        assertThat(home.ids()).containsExactly(id);
    }

    @Test
    void aJournalThatWasMadeAnewIsNotOpened() throws Exception {
        String seen = logs.identity().journalTopicId();
        kafka.admin.deleteTopics(List.of(topics.journal())).all().get(30, SECONDS);
        eventually(() -> logs.topicProblems().stream().anyMatch(problem -> problem.contains("topic.id: none")));
        kafka.admin
                .createTopics(List.of(new NewTopic(topics.journal(), SHARDS, (short) 1)))
                .all()
                .get(30, SECONDS);
        eventually(() -> logs.topicProblems().stream().noneMatch(problem -> problem.contains("topic.id: none")));

        assertThatThrownBy(() -> logs.openJournal(0, new JournalTape()))
                .isInstanceOf(WrongTopicSettings.class)
                .hasMessageStartingWith(topics.journal() + " topic.id: ")
                .hasMessageEndingWith("(expected: " + seen + ")");
    }

    @Test
    void aTopicThatWasSeenBeforeIsNeverMadeAnew() throws Exception {
        LogIdentity seen = logs.identity();
        kafka.admin.deleteTopics(List.of(topics.journal())).all().get(30, SECONDS);
        eventually(() -> logs.topicProblems().stream().anyMatch(problem -> problem.contains("topic.id: none")));
        assertThatThrownBy(() -> Topics.ensure(options, seen))
                .isInstanceOf(WrongTopicSettings.class)
                .hasMessage(topics.journal() + " topic.id: none (expected: " + seen.journalTopicId() + ")");
        assertThat(kafka.admin.listTopics().names().get(30, SECONDS)).doesNotContain(topics.journal());

        LogIdentity fresh = Topics.ensure(options, null);
        assertThat(fresh.journalTopicId()).isNotEqualTo(seen.journalTopicId());
        assertThatThrownBy(() -> Topics.ensure(options, seen))
                .hasMessage(topics.journal() + " topic.id: " + fresh.journalTopicId() + " (expected: "
                        + seen.journalTopicId() + ")");
    }

    @Test
    void anUnreachableKafkaIsNamedWithItsAddress() {
        LogOptions nowhere =
                LogOptions.of("127.0.0.1:1", 1, 1).withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2));
        assertThatThrownBy(() -> Topics.ensure(nowhere, null))
                .isInstanceOf(KafkaUnreachable.class)
                .hasMessageContaining("bootstrap.servers: 127.0.0.1:1 (expected: ")
                .hasMessageContaining("within 2 s");
        LogOptions nonsense = LogOptions.of("no.such.host.invalid:9092", 1, 1)
                .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2));
        assertThatThrownBy(() -> Topics.ensure(nonsense, null))
                .isInstanceOf(KafkaUnreachable.class)
                .hasMessageContaining("bootstrap.servers: no.such.host.invalid:9092 (expected: ");
    }

    @Test
    void endsArePublishedInOrderWithTheirNumbers() throws Exception {
        EndsTape tape = new EndsTape();
        Ends ends = closing(logs.openEnds(1, tape));
        ends.publish(
                0, LongStream.rangeClosed(1, 100).mapToObj(TopicsContract::end).toList());
        ends.publish(
                0,
                LongStream.rangeClosed(101, 200).mapToObj(TopicsContract::end).toList());
        eventually(() -> tape.published.contains(200L));
        assertThat(tape.published).isSorted();
        assertThat(tape.failures).isEmpty();

        List<ConsumerRecord<byte[], byte[]>> read = kafka.read(topics.ended(), SHARDS, 200);
        assertThat(read.stream().map(record -> header(record, "leasehold-number")))
                .isEqualTo(
                        LongStream.rangeClosed(1, 200).mapToObj(Long::toString).toList());
        ConsumerRecord<byte[], byte[]> seventh = read.get(6);
        assertThat(new String(seventh.key())).isEqualTo("id-7");
        assertThat(header(seventh, "leasehold-shard")).isEqualTo("1");
        assertThat(header(seventh, "traceparent")).isEqualTo("trace");
        JsonNode json = JSON.readTree(seventh.value());
        assertThat(json)
                .isEqualTo(
                        JSON.readTree(
                                "{\"id\":\"id-7\",\"queue\":\"q\",\"type\":\"t\",\"priority\":3,"
                                        + "\"state\":\"dead\",\"cause\":\"attempts-exhausted\",\"attempt\":5,\"failures\":4,"
                                        + "\"expiries\":1,\"endedMs\":12,\"late\":false,\"result\":{\"n\":7},\"error\":\"no \\\"luck\\\"\"}"));
    }

    static EndedTask end(long number) {
        return new EndedTask(
                1,
                number,
                "id-" + number,
                "q",
                "t",
                3,
                TaskState.DEAD,
                EndCause.ATTEMPTS_EXHAUSTED,
                5,
                4,
                1,
                12,
                false,
                ("{\"n\":" + number + "}").getBytes(),
                "no \"luck\"",
                "trace");
    }
}

package io.leasehold.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract against a broker that can be killed and stood still. */
class ForkedBrokerLogIT extends TopicsContract {
    @TempDir
    static Path directory;

    private static ForkedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new ForkedBroker(BrokerOptions.in(directory).withJvmOptions(BrokerOptions.QUICK_START));
        broker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Override
    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Test
    void anAppendToAKilledBrokerFailsAndTheFollowerRidesItOut() throws Exception {
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        journal.follow(0);
        journal.append(new byte[] {1});
        eventually(() -> tape.records.size() == 1);

        broker.kill();
        journal.append(new byte[] {2});
        eventually(() -> tape.failedAppends.size() == 1);
        broker.start();

        JournalTape next = new JournalTape();
        journal(0, next).append(new byte[] {3});
        eventually(() -> next.appended.size() == 1);
        eventually(() -> tape.records.size() == 2);
        assertThat(tape.records.get(1).value()).isEqualTo(new byte[] {3});
        assertThat(tape.failures).isEmpty();
    }

    @Test
    void endsThatFailedArePublishedAgainByWhoeverAskedForThem() throws Exception {
        EndsTape tape = new EndsTape();
        Ends ends = closing(logs.openEnds(0, tape));
        ends.publish(0, List.of(end(1)));
        eventually(() -> tape.published.contains(1L));

        broker.pause();
        try {
            ends.publish(0, List.of(end(2), end(3)));
            eventually(() -> !tape.failures.isEmpty());
        } finally {
            broker.resume();
        }
        assertThat(tape.published).containsExactly(1L);
        ends.publish(1, List.of(end(2), end(3)));
        eventually(() -> tape.published.contains(3L) || tape.failures.size() > 1);
        assertThat(tape.published).isSorted().endsWith(3L);
        assertThat(tape.failures).hasSize(1);
    }

    @Test
    void anAppendThatTheBrokerTookButCouldNotAnswerHasAnUnknownOutcome() throws Exception {
        JournalTape tape = new JournalTape();
        Journal journal = journal(0, tape);
        journal.append(new byte[] {1});
        eventually(() -> tape.appended.size() == 1);
        broker.pause();
        try {
            journal.append(new byte[] {2});
            eventually(() -> tape.failedAppends.size() == 1);
        } finally {
            broker.resume();
        }
        // It was on its way: whether it landed is for whoever reads the log, and no other outcome is told.
        JournalTape reader = new JournalTape();
        Journal other = journal(0, reader);
        other.append(new byte[] {3});
        eventually(() -> reader.appended.size() == 1);
        other.follow(0);
        eventually(() -> reader.offsets().contains(reader.appended.get(0)));
        assertThat(tape.appended).isEqualTo(List.of(0L));
        assertThat(tape.failedAppends).hasSize(1);
    }

    @Test
    void anInboxRidesOutARestartAndPassesARejectOnlyWhenItsCopyIsAcknowledged() throws Exception {
        InboxTape tape = flowing(0, 0);
        submit(0, 0);
        eventually(() -> tape.next() == 1);
        broker.stop();
        broker.start();
        kafka.send(topics.tasks(), 0, idAt(0, 1), "no json");
        eventually(() -> tape.next() == 2);
        assertThat(tape.rejected()).isEqualTo(1);
        assertThat(kafka.read(topics.rejected(), SHARDS, 1)).hasSize(1);
        assertThat(tape.failures).isEmpty();
    }

    /** What is let in would be unpacked whole by each reader of the inbox: no owner of the shard could live. */
    @ParameterizedTest
    @CsvSource({"gzip, 2000000", "gzip, 20000000", "gzip, 100000000", "lz4, 100000000", "zstd, 100000000"})
    void recordThatUnpacksToMoreThanMayBeIsRefusedByABrokerThatLives(String codec, int bytes) throws Exception {
        InboxTape tape = flowing(0, 0);
        try (KafkaProducer<byte[], byte[]> producer = kafka.packing(codec, 128 << 20)) {
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topics.tasks(), 0, null, new byte[bytes]));
            assertThatThrownBy(() -> sent.get(30, SECONDS)).isInstanceOf(ExecutionException.class);
        }

        assertThat(broker.isAlive()).isTrue();
        submit(0, 1);
        eventually(() -> tape.next() == 1);
        assertThat(tape.ids()).containsExactly(idAt(0, 1));
        assertThat(tape.failures).isEmpty();
    }

    @Test
    void aRejectWaitsForAsLongAsItsTopicIsMissing() throws Exception {
        kafka.admin.deleteTopics(List.of(topics.rejected())).all().get(30, SECONDS);
        eventually(() -> !kafka.admin.listTopics().names().get(30, SECONDS).contains(topics.rejected()));
        kafka.send(topics.tasks(), 0, idAt(0, 1), "no json");
        submit(0, 2);
        InboxTape tape = flowing(0, 0);
        InboxTape neighbour = flowing(1, 0);
        submit(1, 1);
        eventually(() -> neighbour.next() == 1);
        assertThat(tape.batches).isEmpty();

        Topics.ensure(options, logs.identity());

        eventually(() -> tape.next() == 2);
        assertThat(tape.rejected()).isEqualTo(1);
        assertThat(tape.ids()).containsExactly(idAt(0, 2));
        assertThat(kafka.read(topics.rejected(), SHARDS, 1)).hasSize(1);
    }
}

package io.leasehold.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.core.task.Home;
import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who looks at the topics without being part of the cluster. */
class LogScanIT extends ShardLogContract {
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
    void aJournalIsReadBetweenTwoOffsetsUpToItsEndAsItWas() throws Exception {
        write(5);
        LogScan scan = closing(LogScan.open(options));
        PartitionScan journal = closing(scan.journal(1));
        write(2);

        assertThat(scan.shards()).isEqualTo(SHARDS);
        assertThat(journal.start()).isZero();
        assertThat(journal.end()).isEqualTo(5);
        assertThat(offsets(journal, 1, 4)).containsExactly(1L, 2L, 3L);
        assertThat(offsets(journal, 0, 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(offsets(journal, 5, 5)).isEmpty();
    }

    @Test
    void recordsThatWereDeletedMeanwhileAreSaidToBe() throws Exception {
        write(5);
        PartitionScan journal = closing(closing(LogScan.open(options)).journal(1));
        kafka.deleteBefore(topics.journal(), 1, 3);

        assertThatThrownBy(() -> offsets(journal, 0, 5))
                .isInstanceOf(RecordsDeleted.class)
                .hasMessageContaining("offset 0");
        assertThat(closing(closing(LogScan.open(options)).journal(1)).start()).isEqualTo(3);
    }

    @Test
    void anInboxTellsItsValidCommittedSubmissionsOnce() throws Exception {
        kafka.send(topics.tasks(), 0, idAt(0, 1), "{}");
        kafka.send(topics.tasks(), 0, idAt(1, 2), "{}");
        kafka.send(topics.tasks(), 0, idAt(0, 3), "no json");
        KafkaProducer<byte[], byte[]> transactional = closing(kafka.transactional("t"));
        for (int i = 4; i <= 5; i++) {
            transactional.beginTransaction();
            transactional
                    .send(new ProducerRecord<>(topics.tasks(), 0, idAt(0, i).getBytes(), "{}".getBytes()))
                    .get(30, SECONDS);
            if (i == 4) {
                transactional.abortTransaction();
            } else {
                transactional.commitTransaction();
            }
        }
        kafka.send(topics.tasks(), 0, idAt(0, 6), "{}");
        InboxScan inbox = closing(closing(LogScan.open(options)).inbox(0, new TaskReader()));

        assertThat(below(inbox, 1)).containsExactly(idAt(0, 1));
        assertThat(below(inbox, 5)).isEmpty();
        assertThat(below(inbox, 100)).containsExactly(idAt(0, 5), idAt(0, 6));
        assertThat(below(inbox, 100)).isEmpty();
    }

    @Test
    void anInboxPassesOverWhatWasDeletedMeanwhile() throws Exception {
        for (int i = 0; i < 4; i++) {
            kafka.send(topics.tasks(), 0, idAt(0, i), "{}");
        }
        InboxScan inbox = closing(closing(LogScan.open(options)).inbox(0, new TaskReader()));
        kafka.deleteBefore(topics.tasks(), 0, 2);

        assertThat(below(inbox, 4)).containsExactly(idAt(0, 2), idAt(0, 3));
    }

    @Test
    void whatHasACopyAmongTheRejectedIsToldByItsOffset() throws Exception {
        for (long offset : new long[] {3, 700}) {
            ConsumerRecord<byte[], byte[]> record =
                    new ConsumerRecord<>(topics.tasks(), 1, offset, "id".getBytes(), "{}".getBytes());
            kafka.send(new RejectedCopy(topics.rejected(), 1 << 20).of(record, "no room"));
        }
        LogScan scan = closing(LogScan.open(options));

        assertThat(scan.rejected(1)).containsExactlyInAnyOrder(3L, 700L);
        assertThat(scan.rejected(0)).isEmpty();
    }

    @Test
    void missingTopicsAreNamedAndNotMade() throws Exception {
        LogOptions elsewhere = options.withTopicPrefix("nowhere");

        assertThatThrownBy(() -> LogScan.open(elsewhere))
                .isInstanceOf(WrongTopicSettings.class)
                .hasMessageContaining("nowhere.journal topic: missing");
        assertThat(kafka.admin.listTopics().names().get(30, SECONDS)).doesNotContain("nowhere.journal");
    }

    private void write(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            kafka.send(topics.journal(), 1, "k", "v" + i);
        }
    }

    private static List<Long> offsets(PartitionScan scan, long from, long to) {
        List<Long> offsets = new ArrayList<>();
        scan.read(from, to, (offset, appendTimeMs, key, value, headers) -> offsets.add(offset));
        return offsets;
    }

    private static List<String> below(InboxScan inbox, long offset) {
        List<String> ids = new ArrayList<>();
        inbox.below(offset, arrival -> ids.add(arrival.task().id()));
        return ids;
    }

    private static String idAt(int shard, int number) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> number + "-" + i)
                .filter(id -> Home.of(id, SHARDS) == shard)
                .findFirst()
                .orElseThrow();
    }
}

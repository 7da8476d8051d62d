package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.task.Home;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionSorterTest {
    private static final int SHARDS = 4;
    private static final String ID = "img-42";
    private static final int HOME = Home.of(ID, SHARDS);

    private final SubmissionSorter sorter = new SubmissionSorter(
            new TaskReader(),
            new RejectedCopy("l.rejected", 1_048_576),
            new InboxTopic("l.tasks", "AAAAAAAAAAAAAAAAAAAAAA", () -> SHARDS, 100_000));

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "1", "0/0"})
    void noProducersMarkAdmitsATaskTwice(String mark) {
        for (int partition = 0; partition < SHARDS; partition++) {
            ConsumerRecord<byte[], byte[]> record = record(partition);
            record.headers().add("leasehold-resent", mark == null ? null : mark.getBytes(StandardCharsets.UTF_8));

            InboxBatch batch = sorter.sort(List.of(record));

            assertThat(batch.arrivals()).hasSize(partition == HOME ? 1 : 0);
            assertThat(batch.copies()).hasSize(partition == HOME ? 0 : 1);
            assertThat(batch.copies()).extracting(ProducerRecord::partition).allMatch(to -> to == HOME);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition) {
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>("l.tasks", partition, 0, ID.getBytes(StandardCharsets.UTF_8), value);
    }
}

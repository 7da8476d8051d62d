package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.task.Home;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionSorterTest {
    private static final int SHARDS = 4;
    private static final String ID = "img-42";
    private static final int HOME = Home.of(ID, SHARDS);

    private final SubmissionSorter sorter = counting(SHARDS);

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

    /** Why a cluster grows to multiples alone: an owner that is cut off from the map goes on, and does not know the new count. */
    @Test
    void taskGoesBackAndForthBetweenOwnersWhoCountInAnotherWayUnlessOneCountIsAMultiple() {
        assertThat(neverAdmitted(4, 6)).as("4 to 6").isPositive();
        assertThat(neverAdmitted(4, 10)).as("4 to 10").isPositive();
        for (int before = 1; before <= 6; before++) {
            for (int times = 1; times <= 5; times++) {
                assertThat(neverAdmitted(before, before * times))
                        .as(before + " to " + before * times)
                        .isZero();
            }
        }
    }

    /** Of 1,000 ids in a partition that is not their home, with some old shards' owners not knowing the new count. */
    private static int neverAdmitted(int before, int after) {
        int never = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] id = ("id-" + i).getBytes(StandardCharsets.UTF_8);
            // The old shards of odd number are owned by who is cut off; a new one only by who has heard of it.
            int partition = i % after;
            int hops = 0;
            for (boolean admitted = false; !admitted && hops < 100; hops++) {
                int count = partition < before && partition % 2 == 1 ? before : after;
                SubmissionSorter sorter = counting(count);
                InboxBatch batch =
                        sorter.sort(List.of(new ConsumerRecord<>("l.tasks", partition, 0, id, "{}".getBytes())));
                admitted = batch.copies().isEmpty();
                partition = admitted ? partition : batch.copies().get(0).partition();
            }
            never += hops == 100 ? 1 : 0;
        }
        return never;
    }

    private static SubmissionSorter counting(int shards) {
        return new SubmissionSorter(
                new TaskReader(),
                new RejectedCopy("l.rejected", 1_048_576),
                new InboxTopic("l.tasks", "AAAAAAAAAAAAAAAAAAAAAA", () -> shards, 100_000));
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition) {
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>("l.tasks", partition, 0, ID.getBytes(StandardCharsets.UTF_8), value);
    }
}

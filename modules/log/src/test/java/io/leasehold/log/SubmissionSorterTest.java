package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Arrival;
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

            InboxBatch batch = sorter.sort(List.of(record), Arrival.NEVER);

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

    /** Of 200 ids for each old shard whose owner is cut off, in any partition. */
    private static int neverAdmitted(int before, int after) {
        SubmissionSorter old = counting(before);
        SubmissionSorter informed = counting(after);
        int never = 0;
        for (int cutOff = 0; cutOff < before; cutOff++) {
            for (int i = 0; i < 200; i++) {
                never += isAdmitted("id-" + i, i % after, cutOff, old, informed) ? 0 : 1;
            }
        }
        return never;
    }

    private static boolean isAdmitted(
            String id, int from, int cutOff, SubmissionSorter old, SubmissionSorter informed) {
        int partition = from;
        for (int hops = 0; hops < 100; hops++) {
            InboxBatch batch =
                    (partition == cutOff ? old : informed).sort(List.of(record(id, partition)), Arrival.NEVER);
            if (batch.copies().isEmpty()) {
                return true;
            }
            partition = batch.copies().get(0).partition();
        }
        return false;
    }

    private static SubmissionSorter counting(int shards) {
        return new SubmissionSorter(
                new TaskReader(),
                new RejectedCopy("l.rejected", 1_048_576),
                new InboxTopic("l.tasks", "AAAAAAAAAAAAAAAAAAAAAA", () -> shards, 100_000));
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition) {
        return record(ID, partition);
    }

    private static ConsumerRecord<byte[], byte[]> record(String id, int partition) {
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>("l.tasks", partition, 0, id.getBytes(StandardCharsets.UTF_8), value);
    }
}

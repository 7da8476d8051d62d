package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Arrival;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What becomes of records of the inbox that are not tasks at home where they lie, on any Kafka. */
abstract class SortingContract extends InboxContract {

    @Test
    void aMisplacedSubmissionIsSentHomeOnceAndItsDelayCountsFromItsFirstAppend() throws Exception {
        String id = idAt(1, 1);
        ProducerRecord<byte[], byte[]> misplaced =
                new ProducerRecord<>(topics.tasks(), 0, id.getBytes(), "{\"delayMs\": 60000}".getBytes());
        misplaced.headers().add("traceparent", "trace".getBytes()).add("own", "kept".getBytes());
        kafka.send(misplaced);

        InboxTape wrong = flowing(0, 0);
        InboxTape home = flowing(1, 0);

        eventually(() -> home.ids().size() == 1 && wrong.next() == 1);
        List<ConsumerRecord<byte[], byte[]>> all = kafka.read(topics.tasks(), SHARDS, 2);
        ConsumerRecord<byte[], byte[]> original =
                all.stream().filter(r -> r.partition() == 0).findFirst().orElseThrow();
        ConsumerRecord<byte[], byte[]> copy =
                all.stream().filter(r -> r.partition() == 1).findFirst().orElseThrow();
        assertThat(all).hasSize(2);
        assertThat(header(copy, "leasehold-resent")).isEqualTo("0/0");
        assertThat(header(copy, "own")).isEqualTo("kept");
        assertThat(copy.value()).isEqualTo(original.value());
        Arrival arrival = home.arrivals().get(0);
        assertThat(arrival.task().id()).isEqualTo(id);
        assertThat(arrival.task().traceparent()).isEqualTo("trace");
        assertThat(arrival.task().notBeforeMs()).isEqualTo(original.timestamp() + 60_000);
        assertThat(wrong.arrivals()).isEmpty();
        assertThat(wrong.resent()).isEqualTo(1);
        assertThat(home.resent()).isZero();
    }

    @Test
    void aSubmissionThatIsMarkedAsSentOnIsStillSentHome() throws Exception {
        ProducerRecord<byte[], byte[]> elsewhere =
                new ProducerRecord<>(topics.tasks(), 0, idAt(1, 1).getBytes(), "{\"delayMs\": 5}".getBytes());
        elsewhere.headers().add("leasehold-resent", "1/0".getBytes()).add("leasehold-submitted-ms", "x".getBytes());
        kafka.send(elsewhere);
        InboxTape tape = flowing(0, 0);
        InboxTape home = flowing(1, 0);
        eventually(() -> tape.next() == 1 && home.next() == 1);
        assertThat(tape.ids()).isEmpty();
        assertThat(tape.resent()).isEqualTo(1);
        assertThat(home.ids()).containsExactly(idAt(1, 1));
    }

    @Test
    void aRecordWithoutAKeyIsAtHomeWhereItLiesUnderAnIdThatSaysWhere() throws Exception {
        kafka.send(topics.tasks(), 1, null, "{}".getBytes());
        kafka.send(topics.tasks(), 1, null, "{}".getBytes());
        InboxTape tape = flowing(1, 0);
        eventually(() -> tape.next() == 2);
        String incarnation = logs.identity().inboxTopicId().substring(0, 6);
        assertThat(tape.ids()).containsExactly("~1.0-" + incarnation, "~1.1-" + incarnation);
    }

    @Test
    void whatIsNoTaskIsCopiedWithItsReasonAndItsOrigin() throws Exception {
        String id = idAt(0, 1);
        kafka.send(topics.tasks(), 0, id, "no json");
        kafka.send(topics.tasks(), 0, id, "boom");
        kafka.send(topics.tasks(), 0, id, "deep");
        kafka.send(topics.tasks(), 0, id.getBytes(), null);
        kafka.send(topics.tasks(), 0, "~0.7-forged", "{}");
        kafka.send(topics.tasks(), 0, new byte[] {(byte) 0xc3, 0x28}, "{}".getBytes());
        kafka.send(topics.tasks(), 0, id.getBytes(), new byte[logs.maxTaskBytes() + 1]);
        ProducerRecord<byte[], byte[]> manyHeaders =
                new ProducerRecord<>(topics.tasks(), 0, id.getBytes(), new byte[0]);
        manyHeaders.headers().add("h", new byte[SubmissionSorter.MAX_HEADER_BYTES]);
        kafka.send(manyHeaders);
        kafka.send(topics.tasks(), 0, id, "{}");

        InboxTape tape = flowing(0, 0);

        eventually(() -> tape.next() == 9);
        assertThat(tape.ids()).containsExactly(id);
        assertThat(tape.rejected()).isEqualTo(8);
        Map<String, ConsumerRecord<byte[], byte[]>> rejected = kafka.read(topics.rejected(), SHARDS, 8).stream()
                .collect(Collectors.toMap(record -> header(record, "leasehold-origin"), Function.identity()));
        assertReason(rejected, 0, "no JSON");
        assertReason(rejected, 1, "boom");
        assertReason(rejected, 2, "nested too deeply");
        assertReason(rejected, 3, "value: null");
        assertReason(rejected, 4, "id: ~0.7-forged (expected: ");
        assertReason(rejected, 5, "not UTF-8");
        assertReason(rejected, 6, (logs.maxTaskBytes() + 1) + " bytes (expected: at most " + logs.maxTaskBytes());
        assertReason(rejected, 7, "headers");
        assertThat(at(rejected, 0).value()).isEqualTo("no json".getBytes());
        assertThat(at(rejected, 0).key()).isEqualTo(id.getBytes());
        assertThat(at(rejected, 3).value()).isNull();
        assertThat(at(rejected, 6).value()).hasSize(logs.maxTaskBytes() + 1);
        assertThat(at(rejected, 7).headers().lastHeader("h")).isNotNull();
    }

    @Test
    void aRecordAsLargeAsTheTopicTakesIsRejectedAndCutToFit() throws Exception {
        byte[] huge = new byte[1_048_400];
        kafka.send(topics.tasks(), 0, "id".getBytes(), huge);
        ProducerRecord<byte[], byte[]> allHeaders =
                new ProducerRecord<>(topics.tasks(), 0, new byte[300_000], new byte[0]);
        allHeaders.headers().add("h", new byte[700_000]);
        kafka.send(allHeaders);
        InboxTape tape = flowing(0, 0);
        eventually(() -> tape.next() == 2);
        List<ConsumerRecord<byte[], byte[]>> copies = kafka.read(topics.rejected(), SHARDS, 2);
        assertThat(header(copies.get(0), "leasehold-cut")).startsWith("value: ").endsWith(" of 1048400 bytes kept");
        assertThat(copies.get(0).value().length).isBetween(1_000_000, 1_048_400);
        assertThat(header(copies.get(1), "leasehold-cut")).contains("key: ").contains("headers: none kept");
    }

    private void assertReason(Map<String, ConsumerRecord<byte[], byte[]>> rejected, long offset, String part) {
        assertThat(header(at(rejected, offset), "leasehold-reason")).contains(part);
    }

    private ConsumerRecord<byte[], byte[]> at(Map<String, ConsumerRecord<byte[], byte[]>> rejected, long offset) {
        return rejected.get(topics.tasks() + "/0/" + offset);
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return RecordHeaders.text(record.headers(), name);
    }
}

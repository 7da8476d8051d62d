package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Inbox;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** How a shard's inbox is read, on any Kafka; shard 0 is home to the ids {@code home-…} made here. */
abstract class InboxContract extends JournalContract {

    /** An id whose home is the given shard. */
    static String idAt(int shard, int number) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "home-" + number + "-" + i)
                .filter(id -> io.leasehold.core.task.Home.of(id, SHARDS) == shard)
                .findFirst()
                .orElseThrow();
    }

    void submit(int shard, int number) throws Exception {
        kafka.send(topics.tasks(), shard, idAt(shard, number), "{\"payload\": " + number + "}");
    }

    @Test
    void submissionsArriveInOrderAndTheEndIsToldOnce() throws Exception {
        InboxTape tape = flowing(0, 0);
        eventually(() -> tape.batches.size() == 1);
        assertThat(tape.batches.get(0)).isEqualTo(new InboxTape.Batch(List.of(), 0, -1, 0, 0, 0));

        for (int i = 0; i < 20; i++) {
            submit(0, i);
        }

        eventually(() -> tape.next() == 20);
        assertThat(tape.ids())
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> idAt(0, i)).toList());
        assertThat(tape.arrivals().get(3).offset()).isEqualTo(3);
        assertThat(new String(tape.arrivals().get(3).task().payload())).isEqualTo("3");
        assertThat(tape.batches.stream().filter(batch -> batch.arrivals().isEmpty()))
                .hasSize(1);
    }

    @Test
    void nothingArrivesUnaskedAndOneRequestBringsOneBoundedBatch() throws Exception {
        String id = idAt(1, 1);
        for (int i = 0; i < 2_500; i++) {
            kafka.producer.send(new ProducerRecord<>(topics.tasks(), 1, id.getBytes(), "{}".getBytes()));
        }
        kafka.producer.flush();
        InboxTape tape = new InboxTape();
        Inbox inbox = inbox(1, tape);
        inbox.start(0, -1);
        InboxTape neighbour = flowing(0, 0);
        eventually(() -> neighbour.batches.size() == 1);
        assertThat(tape.batches).isEmpty();
        int asked = 0;
        while (tape.next() < 2_500) {
            int expected = ++asked;
            inbox.request();
            eventually(() -> tape.batches.size() == expected);
        }
        assertThat(tape.batches).allMatch(batch -> batch.arrivals().size() <= 1_000);
        assertThat(tape.arrivals()).hasSize(2_500);
    }

    @Test
    void aBatchHoldsAtMostAMebibyteOfTasks() throws Exception {
        String large = "{\"payload\": \"" + "x".repeat(400_000) + "\"}";
        for (int i = 0; i < 6; i++) {
            kafka.send(topics.tasks(), 0, idAt(0, i), large);
        }
        InboxTape tape = flowing(0, 0);
        eventually(() -> tape.next() == 6);
        assertThat(tape.batches).allMatch(batch -> batch.arrivals().size() <= 2);
        assertThat(tape.arrivals()).hasSize(6);
    }

    @Test
    void anAbortedTransactionIsPassedOverAndAnOpenOneWaitedFor() throws Exception {
        try (KafkaProducer<byte[], byte[]> transactional = kafka.transactional(options.topicPrefix())) {
            submit(0, 0);
            transactional.beginTransaction();
            transactional.send(
                    new ProducerRecord<>(topics.tasks(), 0, idAt(0, 1).getBytes(), "{}".getBytes()));
            transactional.flush();
            transactional.abortTransaction();

            InboxTape tape = flowing(0, 0);
            eventually(() -> tape.next() == 3);
            assertThat(tape.ids()).containsExactly(idAt(0, 0));

            transactional.beginTransaction();
            transactional.send(
                    new ProducerRecord<>(topics.tasks(), 0, idAt(0, 2).getBytes(), "{}".getBytes()));
            transactional.flush();
            submit(0, 3);
            Inbox asked = inbox(1, tape);
            asked.askEnd(7);
            eventually(() -> tape.unsure.contains(7L));
            assertThat(tape.ids()).containsExactly(idAt(0, 0));
            assertThat(tape.endsByTicket).isEmpty();

            transactional.commitTransaction();
            assertThat(endOnceItIsSure(asked, tape)).isZero();
            eventually(() -> tape.ids().equals(List.of(idAt(0, 0), idAt(0, 2), idAt(0, 3))));
            eventually(() -> tape.next() == 6);
            assertThat(tape.batches).allMatch(batch -> batch.next() <= batch.end());
        }
    }

    @Test
    void anAskedEndIsAsOfTheQuestion() throws Exception {
        InboxTape tape = new InboxTape();
        Inbox inbox = inbox(0, tape);
        inbox.askEnd(1);
        eventually(() -> tape.endsByTicket.containsKey(1L));
        submit(0, 0);
        submit(0, 1);
        inbox.askEnd(2);
        inbox.askEnd(3);
        eventually(() -> tape.endsByTicket.containsKey(3L));
        assertThat(tape.endsByTicket)
                .containsEntry(1L, 0L)
                .containsEntry(2L, 2L)
                .containsEntry(3L, 2L);
    }

    @Test
    void whatAnOpenTransactionHoldsBackIsNotUnknown() throws Exception {
        InboxTape tape = new InboxTape();
        Inbox inbox = inbox(0, tape);
        try (KafkaProducer<byte[], byte[]> transactional = kafka.transactional(options.topicPrefix())) {
            transactional.beginTransaction();
            transactional.send(
                    new ProducerRecord<>(topics.tasks(), 0, idAt(0, 0).getBytes(), "{}".getBytes()));
            transactional.flush();
            submit(0, 1);

            inbox.askEnd(1);
            eventually(() -> tape.unsure.contains(1L));
            transactional.abortTransaction();
        }
        assertThat(endOnceItIsSure(inbox, tape)).isEqualTo(3);
    }

    /**
     * What is told of an open transaction, and of inboxes that are read slowly, is that nothing can be said for now: the mark
     * that ends a transaction is written after the producer was told of the end.
     */
    private static long endOnceItIsSure(Inbox inbox, InboxTape tape) {
        AtomicLong ticket = new AtomicLong(1_000);
        inbox.askEnd(ticket.get());
        eventually(() -> {
            if (tape.unsure.contains(ticket.get())) {
                inbox.askEnd(ticket.incrementAndGet());
            }
            return tape.endsByTicket.containsKey(ticket.get());
        });
        return tape.endsByTicket.get(ticket.get());
    }

    @Test
    void anEndIsToldOnceTheOtherInboxesArePassedAndCountsWhatTheyHeldForThisOne() throws Exception {
        InboxTape tape = new InboxTape();
        Inbox home = inbox(0, tape);
        String misplaced = idAt(0, 0);
        kafka.send(topics.tasks(), 1, misplaced, "{}");
        InboxTape other = new InboxTape();
        Inbox away = inbox(1, other);
        AtomicBoolean asked = new AtomicBoolean();
        logs.askPositions((shards, listener) -> {
            asked.set(true);
            listener.onPassed(0, Long.MAX_VALUE);
            listener.onPassed(1, Math.max(0, other.next()));
        });

        home.askEnd(1);
        eventually(asked::get);
        assertThat(tape.endsByTicket).isEmpty();
        other.requestsFrom = away;
        away.start(0, -1);
        away.request();

        assertThat(endOnceItIsSure(home, tape)).isEqualTo(1);
        assertThat(other.resent()).isEqualTo(1);
    }

    @Test
    void aPartitionThatIsNoShardYetMayHoldAnyId() throws Exception {
        kafka.admin
                .createPartitions(
                        java.util.Map.of(topics.tasks(), org.apache.kafka.clients.admin.NewPartitions.increaseTo(3)))
                .all()
                .get();
        eventually(() -> {
            var found = kafka.admin
                    .describeTopics(List.of(topics.tasks()))
                    .allTopicNames()
                    .get();
            return found.get(topics.tasks()).partitions().size() == 3;
        });
        kafka.send(topics.tasks(), 2, idAt(0, 0), "{}");
        InboxTape tape = new InboxTape();
        logs.askPositions((shards, listener) ->
                shards.stream().filter(shard -> shard < 2).forEach(shard -> listener.onPassed(shard, Long.MAX_VALUE)));

        inbox(0, tape).askEnd(1);

        eventually(() -> tape.unsure.contains(1L));
        assertThat(tape.endsByTicket).isEmpty();
    }

    @Test
    void aPositionOutsideOfTheLogFailsTheInbox() throws Exception {
        for (int i = 0; i < 5; i++) {
            submit(0, i);
        }
        kafka.deleteBefore(topics.tasks(), 0, 3);
        InboxTape below = flowing(0, 2);
        eventually(() -> below.failures.size() == 1);
        assertThat(below.failures.get(0)).hasMessageContaining("position: 2 (expected: at least 3");
        InboxTape above = flowing(0, 6);
        eventually(() -> above.failures.size() == 1);
        assertThat(above.failures.get(0)).hasMessageContaining("position: 6 (expected: at most 5");
        InboxTape within = flowing(0, 3);
        eventually(() -> within.next() == 5);
        assertThat(within.ids()).containsExactly(idAt(0, 3), idAt(0, 4));
    }

    @Test
    void recordsDeletedUnreadFailTheInboxThatWasReadingAndNoOther() throws Exception {
        String large = "{\"payload\": \"" + "x".repeat(400_000) + "\"}";
        for (int i = 0; i < 20; i++) {
            kafka.send(topics.tasks(), 0, idAt(0, i), large);
        }
        InboxTape tape = new InboxTape();
        Inbox inbox = inbox(0, tape);
        inbox.start(0, -1);
        inbox.request();
        eventually(() -> tape.batches.size() == 1);
        kafka.deleteBefore(topics.tasks(), 0, 20);
        submit(0, 20);

        tape.requestsFrom = inbox;
        inbox.request();

        eventually(() -> tape.failures.size() == 1);
        assertThat(tape.ids()).doesNotContain(idAt(0, 20));
        InboxTape neighbour = flowing(1, 0);
        submit(1, 0);
        eventually(() -> neighbour.ids().size() == 1);
    }

    @Test
    void aClosedInboxIsReadOnByTheNextOne() throws Exception {
        submit(0, 0);
        InboxTape first = new InboxTape();
        Inbox inbox = inbox(0, first);
        inbox.start(0, -1);
        inbox.request();
        eventually(() -> first.next() == 1);
        inbox.close();
        submit(0, 1);
        InboxTape second = flowing(0, 1);
        eventually(() -> second.next() == 2);
        assertThat(second.ids()).containsExactly(idAt(0, 1));
        assertThat(first.ids()).containsExactly(idAt(0, 0));
        assertThat(inbox.topicId()).isEqualTo(logs.identity().inboxTopicId());
    }
}

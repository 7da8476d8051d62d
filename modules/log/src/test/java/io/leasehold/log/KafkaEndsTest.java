package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.TaskState;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaEndsTest {
    private static final String TOPIC = "ended";

    /** Answers when it is told to; a send to one partition may block, as one does that finds the buffer full. */
    private static final class ScriptedProducer extends MockProducer<byte[], byte[]> {
        private final CountDownLatch unblocked = new CountDownLatch(1);
        private final int blocked;
        private final AtomicInteger asked = new AtomicInteger();

        ScriptedProducer(int blocked) {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.blocked = blocked;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            asked.incrementAndGet();
            if (record.partition() == blocked) {
                try {
                    unblocked.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.send(record, callback);
        }
    }

    private final EndsTape tape = new EndsTape();
    private final ScriptedProducer producer = new ScriptedProducer(-1);

    private KafkaEnds ends(int shard, Producer<byte[], byte[]> producer, EndsTape tape) {
        return new KafkaEnds(TOPIC, shard, () -> producer, tape);
    }

    private static List<EndedTask> ends(int shard, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> new EndedTask(
                        shard,
                        number,
                        "id-" + number,
                        "q",
                        null,
                        0,
                        TaskState.COMPLETED,
                        EndCause.SUCCEEDED,
                        1,
                        0,
                        0,
                        0,
                        false,
                        new byte[0],
                        null,
                        null))
                .toList();
    }

    private static void awaitSent(MockProducer<?, ?> producer, int count) {
        await().until(() -> producer.history().size() >= count);
    }

    @Test
    void anEndThatIsAcknowledgedAfterOneOfItsAttemptFailedSaysNothing() {
        try (KafkaEnds ends = ends(0, producer, tape)) {
            ends.publish(0, ends(0, 1, 2));
            ends.publish(0, ends(0, 3, 3));
            awaitSent(producer, 3);

            producer.errorNext(new TimeoutException("expired"));
            producer.errorNext(new TimeoutException("expired"));
            producer.completeNext();

            assertThat(tape.failures).hasSize(1);
            assertThat(tape.published).isEmpty();
        }
    }

    /** What follows belongs to the attempt until whoever counts attempts has heard that it failed. */
    @Test
    void whatIsAskedForInAFailedAttemptIsNotSentAndTheNextOneIs() {
        try (KafkaEnds ends = ends(0, producer, tape)) {
            ends.publish(0, ends(0, 1, 2));
            awaitSent(producer, 2);
            producer.errorNext(new TimeoutException("expired"));

            ends.publish(0, ends(0, 3, 3));
            ends.publish(1, ends(0, 1, 3));
            awaitSent(producer, 5);

            assertThat(producer.history()).hasSize(5);
            producer.errorNext(new TimeoutException("expired"));
            for (int i = 0; i < 3; i++) {
                producer.completeNext();
            }
            assertThat(tape.published).containsExactly(3L);
            assertThat(tape.failures).hasSize(1);
        }
    }

    @Test
    void anAttemptStopsAtTheFirstSendThatFails() {
        producer.sendException = new TimeoutException("no room in the buffer");
        try (KafkaEnds ends = ends(0, producer, tape)) {
            ends.publish(0, ends(0, 1, 30));
            await().until(() -> !tape.failures.isEmpty());
            producer.sendException = null;

            ends.publish(1, ends(0, 1, 1));
            awaitSent(producer, 1);

            assertThat(producer.asked).hasValue(2);
        }
    }

    @Test
    void aPartitionWhoseSendsBlockHoldsUpNoOtherShard() {
        ScriptedProducer blocking = new ScriptedProducer(0);
        EndsTape other = new EndsTape();
        KafkaEnds blocked = ends(0, blocking, tape);
        KafkaEnds free = ends(1, blocking, other);
        try {
            blocked.publish(0, ends(0, 1, 30));
            free.publish(0, ends(1, 1, 1));
            awaitSent(blocking, 1);
            blocking.completeNext();

            assertThat(other.published).containsExactly(1L);
            assertThat(tape.published).isEmpty();
        } finally {
            blocking.unblocked.countDown();
            blocked.close();
            free.close();
        }
    }
}

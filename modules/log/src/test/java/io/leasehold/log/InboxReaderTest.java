package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.core.task.Home;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxReaderTest {
    private static final int SHARDS = 4;
    private static final String ID = "img-42";
    private static final TopicPartition PARTITION = new TopicPartition("l.tasks", Home.of(ID, SHARDS));

    /** Polls fail while it is told so. */
    private static final class FailingConsumer extends MockConsumer<byte[], byte[]> {
        private volatile KafkaException failure;
        private final AtomicInteger failed = new AtomicInteger();

        FailingConsumer() {
            super("none");
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (failure != null
                    && !assignment().isEmpty()
                    && paused().size() < assignment().size()) {
                failed.incrementAndGet();
                throw failure;
            }
            return super.poll(timeout);
        }
    }

    private final FailingConsumer consumer = new FailingConsumer();
    private final InboxReader reader = new InboxReader(
            consumer,
            new SubmissionSorter(
                    new TaskReader(),
                    new RejectedCopy("l.rejected", 1_048_576),
                    new InboxTopic("l.tasks", "AAAAAAAAAAAAAAAAAAAAAA", () -> SHARDS, 100_000)),
            Duration.ofMillis(50));
    private final InboxTape tape = new InboxTape();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Outbox outbox = new Outbox("copies", () -> producer);
    private final InboxShard shard = new InboxShard(PARTITION, reader, outbox, tape);

    @BeforeEach
    void start() {
        reader.execute(shard, () -> {
            shard.start(0, -1, 0);
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            shard.request();
        });
        reader.start();
        await().until(() -> tape.batches.size() == 1);
    }

    @AfterEach
    void stop() {
        reader.execute(shard, shard::close);
        reader.close();
    }

    private void put(long... offsets) {
        reader.execute(shard, () -> {
            consumer.updateEndOffsets(Map.of(PARTITION, offsets[offsets.length - 1] + 1));
            for (long offset : offsets) {
                consumer.addRecord(new ConsumerRecord<>(
                        PARTITION.topic(),
                        PARTITION.partition(),
                        offset,
                        ID.getBytes(StandardCharsets.UTF_8),
                        "{}".getBytes(StandardCharsets.UTF_8)));
            }
        });
    }

    private void request() {
        reader.execute(shard, shard::request);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInboxThatMayNotBeReadForAWhileIsReadOnWhereItWas(boolean authenticated) {
        request();
        put(0);
        await().until(() -> tape.next() == 1);
        consumer.failure = authenticated
                ? new TopicAuthorizationException(Set.of(PARTITION.topic()))
                : new SaslAuthenticationException("expired");
        request();
        await().until(() -> consumer.failed.get() > 6);
        assertThat(tape.failures).hasSize(1);
        assertThat(tape.failures.get(0)).hasMessageContaining("l.tasks-").hasMessageContaining("tried again every");
        assertThat(tape.readable).hasValue(0);

        consumer.failure = null;
        await().until(() -> tape.readable.get() == 1);
        put(1, 2);

        await().until(() -> tape.next() == 3);
        assertThat(tape.arrivals())
                .extracting("offset")
                .isEqualTo(IntStream.range(0, 3).mapToObj(Long::valueOf).toList());
        assertThat(tape.failures).hasSize(1);
        assertThat(tape.readable).hasValue(1);
    }

    @Test
    void whatTheShardDoesNotTakeInIsCopiedWithTheReasonAndToldOnceThatIsAcknowledged() {
        request();
        put(0, 1, 2);
        await().until(() -> tape.next() == 3);
        List<Arrival> all = tape.arrivals();

        reader.execute(shard, () -> shard.reject(List.of(all.get(0), all.get(2)), "no room"));
        await().until(() -> producer.history().size() == 2);
        assertThat(tape.rejections).hasValue(0);
        producer.completeNext();
        producer.completeNext();

        await().until(() -> tape.rejections.get() == 1);
        assertThat(producer.history())
                .allSatisfy(copy -> {
                    assertThat(copy.topic()).isEqualTo("l.rejected");
                    assertThat(copy.key()).asString(StandardCharsets.UTF_8).isEqualTo(ID);
                    assertThat(copy.value()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
                    assertThat(header(copy, RecordHeaders.REASON)).isEqualTo("no room");
                })
                .extracting(copy -> header(copy, RecordHeaders.ORIGIN))
                .containsExactly(
                        PARTITION.topic() + "/" + PARTITION.partition() + "/0",
                        PARTITION.topic() + "/" + PARTITION.partition() + "/2");
    }

    private static String header(ProducerRecord<byte[], byte[]> copy, String name) {
        return new String(copy.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void anInboxWhosePositionIsOutOfRangeIsNeverReadAgain() {
        consumer.failure = new OffsetOutOfRangeException(Map.of(PARTITION, 0L));
        request();
        await().until(() -> tape.failures.size() == 1);
        assertThat(shard.isOver()).isTrue();
        assertThat(consumer.failed).hasValue(1);
    }
}

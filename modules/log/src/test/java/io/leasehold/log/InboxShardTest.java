package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.core.task.Home;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Since when the records of an inbox can have been there at the earliest. */
class InboxShardTest {
    private static final int SHARDS = 4;
    private static final String ID = "img-42";
    private static final TopicPartition PARTITION = new TopicPartition("l.tasks", Home.of(ID, SHARDS));

    private final InboxTape tape = new InboxTape();
    private final InboxReader reader = new InboxReader(
            new MockConsumer<>("none"),
            new SubmissionSorter(
                    new TaskReader(),
                    new RejectedCopy("l.rejected", 1_048_576),
                    new InboxTopic("l.tasks", "AAAAAAAAAAAAAAAAAAAAAA", () -> SHARDS, 100_000)));
    private final Outbox outbox = new Outbox(
            "copies", () -> new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
    private final InboxShard shard = new InboxShard(PARTITION, reader, outbox, tape);

    @BeforeEach
    void start() {
        shard.start(0, -1, 0);
        shard.request();
    }

    private void fetch(long offset) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                ID.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
        shard.onFetched(List.of(record), offset + 1, -1, offset + 1);
    }

    private List<Long> after() {
        return tape.arrivals().stream().map(Arrival::afterMs).toList();
    }

    @Test
    void recordThatComesToWhoHasWaitedAtTheEndWasNotThereBefore() {
        shard.looked(1_000, true);
        shard.looked(2_900, true);
        shard.request();
        fetch(0);
        assertThat(after()).containsExactly(Arrival.NEVER);

        shard.request();
        shard.looked(4_000, true);
        shard.looked(6_000, true);
        shard.looked(7_000, true);
        shard.request();
        fetch(1);

        assertThat(after()).containsExactly(Arrival.NEVER, 5_000L);
    }

    @Test
    void recordThatComesToWhoDidNotAskForAWhileMayHaveBeenThere() {
        shard.looked(1_000, true);
        shard.looked(3_000, true);
        shard.request();
        fetch(0);
        fetch(1);
        shard.looked(60_000, true);
        shard.looked(90_000, true);
        shard.request();
        shard.looked(90_500, true);
        shard.request();
        fetch(2);

        assertThat(after()).containsExactly(1_000L, 1_000L, 1_000L);
    }

    @Test
    void recordThatIsReadAgainMayHaveBeenThere() {
        shard.looked(1_000, true);
        shard.looked(3_000, true);

        shard.rest(new IllegalStateException("not authorized"));
        shard.tryAgain();
        shard.request();
        fetch(0);

        assertThat(after()).containsExactly(Arrival.NEVER);
    }

    @Test
    void whoIsBehindTheEndKnowsNothingOfWhatComes() {
        shard.looked(1_000, true);
        shard.looked(2_000, false);
        shard.looked(3_500, true);
        shard.looked(5_000, true);
        shard.request();
        fetch(0);

        assertThat(after()).containsExactly(Arrival.NEVER);
    }
}

package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Inbox;
import io.leasehold.embedded.BrokerOptions;
import io.leasehold.embedded.ForkedBroker;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inbox whose end is lost with its broker's power, and that grows again before anybody reads it. */
class CutOffInboxIT extends ShardLogContract {
    /** Of a record batch: its first offset, and how many bytes follow these two fields. */
    private static final int BATCH_PREFIX = 8 + 4;

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
    void inboxThatGrewAgainPastThePositionIsFoundToBeAnother() throws Exception {
        submit(0, 10);
        InboxTape before = flowing(0, 0);
        eventually(() -> before.next() == 10);
        int epoch = epochAt(before);
        assertThat(epoch).isNotNegative();

        broker.kill();
        cutOff(0, 6);
        broker.start();
        submit(10, 20);

        InboxTape after = startedAt(10, epoch);
        eventually(() -> !after.failures.isEmpty() || after.next() > 10);
        assertThat(after.batches).isEmpty();
        assertThat(after.failures.get(0))
                .hasMessageStartingWith("inbox " + topics.tasks() + "-0 position: 10 (expected: at most 6")
                .hasMessageContaining("submissions were lost");
    }

    @Test
    void inboxOfWhichNothingWasLostIsReadOnHoweverOftenItsLeaderChanged() throws Exception {
        submit(0, 10);
        InboxTape before = flowing(0, 0);
        eventually(() -> before.next() == 10);
        int epoch = epochAt(before);
        broker.stop();
        broker.start();
        submit(10, 12);
        broker.kill();
        broker.start();
        submit(12, 14);

        InboxTape after = startedAt(10, epoch);

        eventually(() -> after.next() == 14);
        assertThat(after.failures).isEmpty();
        assertThat(after.arrivals()).extracting("offset").containsExactly(10L, 11L, 12L, 13L);
        assertThat(epochAt(after)).isGreaterThan(epoch);
    }

    @Test
    void inboxThatIsDeletedUpToThePositionIsReadOnUnderAnotherLeader() throws Exception {
        submit(0, 10);
        InboxTape before = flowing(0, 0);
        eventually(() -> before.next() == 10);
        int epoch = epochAt(before);
        kafka.deleteBefore(topics.tasks(), 0, 10);
        broker.stop();
        broker.start();

        InboxTape idle = startedAt(10, epoch);
        eventually(() -> idle.batches.size() == 1);
        submit(10, 11);
        eventually(() -> idle.next() == 11);

        assertThat(idle.failures).isEmpty();
    }

    private void submit(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            kafka.send(topics.tasks(), 0, InboxContract.idAt(0, i), "{\"payload\": " + i + "}");
        }
    }

    private static int epochAt(InboxTape tape) {
        return tape.batches.get(tape.batches.size() - 1).leaderEpoch();
    }

    private InboxTape startedAt(long position, int epoch) {
        InboxTape tape = new InboxTape();
        Inbox inbox = inbox(0, tape);
        tape.requestsFrom = inbox;
        inbox.start(position, epoch);
        inbox.request();
        return tape;
    }

    /** While the broker is down: takes everything from this offset on out of the partition's file. */
    private void cutOff(int partition, long offset) throws Exception {
        List<Path> segments;
        try (Stream<Path> files = Files.walk(directory)) {
            segments = files.filter(file -> file.getParent().endsWith(topics.tasks() + "-" + partition)
                            && file.toString().endsWith(".log"))
                    .toList();
        }
        assertThat(segments).hasSize(1);
        try (FileChannel segment =
                FileChannel.open(segments.get(0), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer prefix = ByteBuffer.allocate(BATCH_PREFIX);
            long at = 0;
            while (segment.read(prefix.clear(), at) == BATCH_PREFIX && prefix.getLong(0) < offset) {
                at += BATCH_PREFIX + prefix.getInt(Long.BYTES);
            }
            assertThat(at).isPositive().isLessThan(segment.size());
            segment.truncate(at);
        }
    }
}

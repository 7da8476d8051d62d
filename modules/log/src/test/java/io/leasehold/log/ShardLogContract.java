package io.leasehold.log;

import static org.awaitility.Awaitility.await;

import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts below share: a real Kafka, topics of the test's own, and their logs opened. */
abstract class ShardLogContract {
    static final int SHARDS = 2;

    private final List<AutoCloseable> opened = new ArrayList<>();
    KafkaFixture kafka;
    LogOptions options;
    TopicNames topics;
    KafkaShardLogs logs;

    abstract String bootstrapServers();

    @BeforeEach
    void openLogs() {
        kafka = closing(new KafkaFixture(bootstrapServers()));
        options = LogOptions.of(bootstrapServers(), SHARDS, 1)
                .withTopicPrefix("t-" + UUID.randomUUID())
                .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(30));
        topics = options.topics();
        logs = closing(KafkaShardLogs.open(options, new TaskReader(), null));
        logs.askPositions((shards, listener) -> shards.forEach(shard -> listener.onPassed(shard, Long.MAX_VALUE)));
    }

    @AfterEach
    void closeLogs() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    <T extends AutoCloseable> T closing(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    Journal journal(int shard, JournalTape tape) {
        Journal journal = closing(logs.openJournal(shard, tape));
        tape.of(journal);
        return journal;
    }

    /** An inbox that is asked for one batch after the other. */
    InboxTape flowing(int shard, long position) {
        InboxTape tape = new InboxTape();
        Inbox inbox = inbox(shard, tape);
        tape.requestsFrom = inbox;
        inbox.start(position, -1);
        inbox.request();
        return tape;
    }

    Inbox inbox(int shard, InboxTape tape) {
        return closing(logs.openInbox(shard, tape));
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}

package io.leasehold.simulator;

import io.leasehold.coordinator.port.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/** The truth of one shard's journal: what was committed, in order, and from where on it is still there. */
final class JournalTopic {
    private final World world;
    private final int shard;
    private final List<JournalRecord> records = new ArrayList<>();
    private final List<JournalPort> followers = new ArrayList<>();
    private final String topicId = "journal-1";
    private long start;
    /** As the broker last wrote it down: it begins there again after a crash. */
    private long startWritten;

    JournalTopic(World world, int shard) {
        this.world = world;
        this.shard = shard;
    }

    String topicId() {
        return topicId;
    }

    long start() {
        return start;
    }

    long end() {
        return records.size();
    }

    /** All that was ever committed, deleted or not. */
    List<JournalRecord> everything() {
        return records;
    }

    List<JournalRecord> read(long from, long to) {
        return List.copyOf(records.subList((int) from, (int) to));
    }

    /** Commits a record, which was sent at this time; from now on it is there for everyone. */
    JournalRecord append(byte[] value, long sentUs) {
        JournalRecord record = new JournalRecord(records.size(), world.brokerMs(), value);
        records.add(record);
        world.ledger(shard).landed(record, sentUs);
        for (int i = 0; i < followers.size(); i++) {
            followers.get(i).more();
        }
        return record;
    }

    void deleteBefore(long offset, long historyMs) {
        long target = Math.min(offset, end());
        if (historyMs > 0) {
            long since = world.brokerMs() - historyMs;
            long young = start;
            while (young < target && records.get((int) young).appendTimeMs() < since) {
                young++;
            }
            target = young;
        }
        start = Math.max(start, target);
        world.trace.note(start, () -> "journal " + shard + " starts at " + start);
    }

    void writeDownStart() {
        startWritten = start;
    }

    /** The broker dies and comes back: what was deleted since its last note is there again. */
    void crash() {
        start = startWritten;
    }

    /** Somebody deletes what he should not. */
    void deleteByStranger(long offset) {
        start = Math.max(start, offset);
        startWritten = start;
    }

    void follow(JournalPort port) {
        followers.add(port);
    }

    void unfollow(JournalPort port) {
        followers.remove(port);
    }
}

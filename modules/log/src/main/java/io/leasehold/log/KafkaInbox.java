package io.leasehold.log;

import io.leasehold.coordinator.port.Inbox;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One shard's inbox. Called by the shard's loop; all reading is done by the reader that the shards of the process share,
 * and the listener hears from its thread, of ends from the admin client's.
 */
final class KafkaInbox implements Inbox {
    private final String topicId;
    private final TopicPartition partition;
    private final InboxReader reader;
    private final PartitionOffsets offsets;
    private final Deletions deletions;
    private final Listener listener;
    private final InboxShard shard;

    /** Tickets that came while a question was under way; its answer may be older than they are. */
    private final List<Long> waiting = new ArrayList<>();

    private boolean asking;
    private volatile boolean closed;

    KafkaInbox(
            String topicId,
            TopicPartition partition,
            InboxReader reader,
            PartitionOffsets offsets,
            Deletions deletions,
            Listener listener) {
        this.topicId = topicId;
        this.partition = partition;
        this.reader = reader;
        this.offsets = offsets;
        this.deletions = deletions;
        this.listener = listener;
        this.shard = new InboxShard(partition, reader, listener);
    }

    @Override
    public String topicId() {
        return topicId;
    }

    @Override
    public void start(long position) {
        offsets.start(partition, this::isOpen, start -> {
            if (start > position) {
                failStart(position, "at least " + start + ", where the log starts: submissions were deleted unread");
            } else {
                offsets.end(partition, this::isOpen, end -> startBelow(position, end));
            }
        });
    }

    @Override
    public void request() {
        reader.execute(shard, shard::request);
    }

    @Override
    public synchronized void askEnd(long ticket) {
        waiting.add(ticket);
        if (!asking) {
            ask();
        }
    }

    @Override
    public void deleteBefore(long offset) {
        deletions.before(partition, offset);
    }

    @Override
    public void close() {
        closed = true;
        reader.execute(shard, shard::close);
    }

    private boolean isOpen() {
        return !closed;
    }

    private void startBelow(long position, long end) {
        if (end < position) {
            failStart(position, "at most " + end + ", where the log ends: submissions were lost");
        } else {
            offsets.committedEnd(
                    partition,
                    this::isOpen,
                    committed -> reader.execute(shard, () -> shard.start(position, committed)));
        }
    }

    private void failStart(long position, String expected) {
        reader.execute(
                shard,
                () -> shard.fail(new IllegalStateException(
                        "inbox " + partition + " position: " + position + " (expected: " + expected + ")")));
    }

    private void ask() {
        asking = true;
        List<Long> tickets = List.copyOf(waiting);
        waiting.clear();
        offsets.committedEnd(partition, this::isOpen, end -> answer(tickets, end));
    }

    private void answer(List<Long> tickets, long end) {
        if (closed) {
            return;
        }
        tickets.forEach(ticket -> listener.onInboxEnd(ticket, end));
        synchronized (this) {
            asking = false;
            if (!waiting.isEmpty()) {
                ask();
            }
        }
    }
}

package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Inbox;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * One shard's inbox. Called by the shard's loop; all reading is done by the reader that the shards of the process share,
 * and the listener hears from its thread, of ends from the survey's.
 */
final class KafkaInbox implements Inbox {
    private final String topicId;
    private final TopicPartition partition;
    private final InboxReader reader;
    private final PartitionOffsets offsets;
    private final Deletions deletions;
    private final InboxSurvey survey;
    private final Listener listener;
    private final InboxShard shard;
    private volatile boolean closed;

    KafkaInbox(
            String topicId,
            TopicPartition partition,
            InboxReader reader,
            Outbox outbox,
            PartitionOffsets offsets,
            Deletions deletions,
            InboxSurvey survey,
            Listener listener) {
        this.topicId = topicId;
        this.partition = partition;
        this.reader = reader;
        this.offsets = offsets;
        this.deletions = deletions;
        this.survey = survey;
        this.listener = listener;
        this.shard = new InboxShard(partition, reader, outbox, listener);
    }

    @Override
    public String topicId() {
        return topicId;
    }

    @Override
    public void start(long position, int leaderEpoch) {
        offsets.start(partition, this::isOpen, start -> {
            if (start > position) {
                failStart(position, "at least " + start + ", where the log starts: submissions were deleted unread");
            } else {
                offsets.end(partition, this::isOpen, end -> startBelow(position, leaderEpoch, end));
            }
        });
    }

    @Override
    public void request() {
        reader.execute(shard, shard::request);
    }

    @Override
    public void reject(List<Arrival> arrivals, String reason) {
        reader.execute(shard, () -> shard.reject(arrivals, reason));
    }

    @Override
    public void askEnd(long ticket) {
        survey.ask(new InboxSurvey.Question(partition.partition(), ticket, listener, this::isOpen));
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

    private void startBelow(long position, int leaderEpoch, long end) {
        if (end < position) {
            failStart(position, "at most " + end + ", where the log ends: submissions were lost");
        } else {
            offsets.committedEnd(
                    partition,
                    this::isOpen,
                    committed -> reader.execute(shard, () -> shard.start(position, leaderEpoch, committed)));
        }
    }

    private void failStart(long position, String expected) {
        reader.execute(
                shard,
                () -> shard.fail(new IllegalStateException(
                        "inbox " + partition + " position: " + position + " (expected: " + expected + ")")));
    }
}

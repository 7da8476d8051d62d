package io.leasehold.log;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics for those who look at a cluster without being part of it: nothing is written, nothing is made, no consumer group
 * is joined. Every method blocks until Kafka answers. Not thread-safe.
 */
public final class LogScan implements AutoCloseable {
    private static final int TASK_OVERHEAD_BYTES = 64 << 10;

    private final LogOptions options;
    private final KafkaClients clients;
    private final Admin admin;
    private final Topics.Found found;

    private LogScan(LogOptions options, KafkaClients clients, Admin admin) {
        this.options = options;
        this.clients = clients;
        this.admin = admin;
        this.found = new Topics(admin, options).find();
    }

    /**
     * @param options how many shards they say does not matter
     * @throws KafkaUnreachable if Kafka does not answer within the connect time-out
     * @throws WrongTopicSettings if a topic is missing
     */
    public static LogScan open(LogOptions options) {
        KafkaClients clients = new KafkaClients(options);
        Admin admin = clients.admin();
        try {
            return new LogScan(options, clients, admin);
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** How many partitions the journal has. */
    public int shards() {
        return found.identity().shards();
    }

    /** A shard's journal as it lies there now. */
    public PartitionScan journal(int shard) {
        return scan(options.topics().journal(), shard, () -> clients.journalConsumer(shard));
    }

    /** A shard's partition of the topic of ended tasks, as it lies there now. */
    public PartitionScan ended(int shard) {
        return scan(options.topics().ended(), shard, () -> clients.journalConsumer(shard));
    }

    /** A shard's inbox as it lies there now: what is committed. */
    public InboxScan inbox(int shard, SubmissionReader reader) {
        TopicNames names = options.topics();
        int maxTaskBytes = (found.maxMessageBytes() - TASK_OVERHEAD_BYTES) / 2;
        InboxTopic inbox = new InboxTopic(names.tasks(), found.identity().inboxTopicId(), this::shards, maxTaskBytes);
        SubmissionSorter sorter =
                new SubmissionSorter(reader, new RejectedCopy(names.rejected(), found.maxMessageBytes()), inbox);
        return new InboxScan(scan(names.tasks(), shard, clients::inboxConsumer), sorter);
    }

    /** Which records of a shard's inbox have a copy in the topic of rejected ones as it lies there now, by their offsets. */
    public Set<Long> rejected(int shard) {
        String origin = options.topics().tasks() + "/" + shard + "/";
        Set<Long> offsets = new HashSet<>();
        try (PartitionScan copies = scan(options.topics().rejected(), shard, clients::inboxConsumer)) {
            while (copies.position() < copies.end()) {
                try {
                    copies.next().stream()
                            .map(copy -> RecordHeaders.text(copy.headers(), RecordHeaders.ORIGIN))
                            .filter(from -> from != null && from.startsWith(origin))
                            .forEach(from -> offsets.add(Long.parseLong(from.substring(origin.length()))));
                } catch (RecordsDeleted e) {
                    copies.skipDeleted();
                }
            }
        }
        return offsets;
    }

    private PartitionScan scan(String topic, int shard, Supplier<Consumer<byte[], byte[]>> consumers) {
        return new PartitionScan(
                new TopicPartition(topic, shard),
                consumers.get(),
                options.bootstrapServers(),
                options.connectTimeout());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

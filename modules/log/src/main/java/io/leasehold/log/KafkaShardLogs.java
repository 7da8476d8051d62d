package io.leasehold.log;

import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.InboxPositions;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.ShardLogs;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The shards' logs in Kafka. One for a process; thread-safe. */
public final class KafkaShardLogs implements ShardLogs, AutoCloseable {
    private static final int TASK_OVERHEAD_BYTES = 64 << 10;
    /** A shard that cannot be opened is tried again, perhaps elsewhere: to hold on to one try helps nobody. */
    private static final Duration OPENING_PATIENCE = Duration.ofSeconds(10);

    /**
     * How long records are held back to go together: a request for many costs this process and the brokers hardly more than
     * one for a few. Nobody waits for ends; admission waits for copies.
     */
    private static final int ENDS_GATHER_MS = 30;

    private static final int COPIES_GATHER_MS = 5;

    private final LogOptions options;
    private final KafkaClients clients;
    private final Admin admin;
    private final Topics topics;
    private final Topics.Found found;
    private final SharedCheck journalCheck;
    private final InboxReader reader;
    private final PartitionOffsets offsets;
    private final Deletions deletions;
    private final InboxSurvey survey;
    private volatile IntSupplier shards;
    private volatile InboxPositions positions = (shards, listener) -> {};

    private KafkaShardLogs(
            LogOptions options, KafkaClients clients, Admin admin, Topics.Found found, SubmissionReader submissions) {
        this.options = options;
        this.clients = clients;
        this.admin = admin;
        this.topics = new Topics(admin, options);
        this.found = found;
        this.journalCheck = new SharedCheck(() -> topics.checkJournal(found.identity()), System::nanoTime);
        this.shards = found.identity()::shards;
        this.reader = new InboxReader(clients.inboxConsumer(), sorter(submissions));
        this.offsets = new PartitionOffsets(admin);
        this.deletions = new Deletions(admin);
        InboxEnds ends =
                new InboxEnds(admin, options.topics().tasks(), found.identity().inboxTopicId());
        this.survey = new InboxSurvey(
                ends::ask, () -> shards.getAsInt(), (shards, listener) -> positions.ask(shards, listener));
    }

    /**
     * Makes the topics that are missing, inspects the others, and opens the logs. Blocks until Kafka answers.
     *
     * @param submissions reads what producers wrote
     * @param expected what the topics were when last seen, or null for the first time; then no topic that holds the truth
     *     is made anew
     * @throws KafkaUnreachable if Kafka does not answer within the connect time-out
     * @throws WrongTopicSettings if a topic is not as it must be, or not the one that was expected
     */
    public static KafkaShardLogs open(LogOptions options, SubmissionReader submissions, LogIdentity expected) {
        KafkaClients clients = new KafkaClients(options);
        Admin admin = clients.admin();
        try {
            Topics.Found found = new Topics(admin, options).ensure(expected);
            KafkaShardLogs logs = new KafkaShardLogs(options, clients, admin, found, submissions);
            logs.reader.start();
            return logs;
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public Journal openJournal(int shard, Journal.Listener listener) {
        TopicPartition partition = new TopicPartition(options.topics().journal(), shard);
        Producer<byte[], byte[]> producer = clients.producer("journal-" + shard, found.maxMessageBytes());
        try {
            warm(producer, partition.topic());
            journalCheck.run();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        return new KafkaJournal(partition, clients, producer, offsets, deletions, listener);
    }

    @Override
    public Inbox openInbox(int shard, Inbox.Listener listener) {
        TopicPartition partition = new TopicPartition(options.topics().tasks(), shard);
        Outbox copies = new Outbox(
                "leasehold-copies-" + shard,
                () -> clients.gatheringProducer("copies-" + shard, found.maxMessageBytes(), COPIES_GATHER_MS));
        return new KafkaInbox(
                found.identity().inboxTopicId(), partition, reader, copies, offsets, deletions, survey, listener);
    }

    @Override
    public Ends openEnds(int shard, Ends.Listener listener) {
        return new KafkaEnds(
                options.topics().ended(),
                shard,
                () -> clients.gatheringProducer("ends-" + shard, found.maxMessageBytes(), ENDS_GATHER_MS),
                listener);
    }

    @Override
    public LogIdentity identity() {
        return found.identity().withShards(shards.getAsInt());
    }

    /** From now on asked whenever it matters how many shards there are; the answer never falls. */
    public void countShards(IntSupplier now) {
        shards = now;
    }

    /** From now on asked how far inboxes are passed; until then no unknown id is unknown for sure. */
    public void askPositions(InboxPositions from) {
        positions = from;
    }

    /**
     * Adds partitions to all four topics, with as many copies as those that are there have, until there are so many; whoever
     * does it again goes on where it was left. Blocks until Kafka has done it.
     *
     * @throws KafkaUnreachable if Kafka does not answer; some partitions may have been added
     * @throws WrongTopicSettings if a topic that holds the truth has more partitions already
     */
    public void addPartitions(int upTo) {
        topics.addPartitions(upTo);
    }

    /**
     * How many partitions the inbox and the journal both have now: there can be no more shards. Blocks until Kafka answers.
     *
     * @throws KafkaUnreachable if Kafka does not answer
     */
    public int partitions() {
        return topics.partitions();
    }

    /** The largest task as JSON, in bytes: with what is said of it later, it still fits into one message. */
    public int maxTaskBytes() {
        return (found.maxMessageBytes() - TASK_OVERHEAD_BYTES) / 2;
    }

    /**
     * Inspects the topics again: all that is wrong with them now, empty if nothing is. Blocks until Kafka answers.
     *
     * @throws KafkaUnreachable if Kafka does not answer, which says nothing about the topics
     */
    public List<String> topicProblems() {
        return new Topics(admin, options.withShards(shards.getAsInt())).problems(identity());
    }

    /**
     * How Kafka keeps the topics now. Blocks until Kafka answers.
     *
     * @throws KafkaUnreachable if Kafka does not answer
     */
    public TopicHealth topicHealth() {
        return topics.health();
    }

    /** Lets go of everything at once; what was opened here must be closed before. */
    @Override
    public void close() {
        survey.close();
        reader.close();
        admin.close(Duration.ZERO);
    }

    /** A producer asks for its topic once and keeps the answer, so that no append has to wait for it. */
    private void warm(Producer<byte[], byte[]> producer, String topic) {
        long patience =
                Math.min(OPENING_PATIENCE.toNanos(), options.connectTimeout().toNanos());
        long deadline = System.nanoTime() + patience;
        while (true) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (org.apache.kafka.common.errors.TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaUnreachable(options.bootstrapServers(), Duration.ofNanos(patience), e);
                }
            } catch (KafkaException e) {
                throw new KafkaUnreachable(options.bootstrapServers(), options.connectTimeout(), e);
            }
        }
    }

    private SubmissionSorter sorter(SubmissionReader submissions) {
        TopicNames names = options.topics();
        return new SubmissionSorter(
                submissions,
                new RejectedCopy(names.rejected(), found.maxMessageBytes()),
                new InboxTopic(
                        names.tasks(), found.identity().inboxTopicId(), () -> shards.getAsInt(), maxTaskBytes()));
    }
}

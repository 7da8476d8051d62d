package io.leasehold.cli.verify;

import io.leasehold.core.task.Home;
import io.leasehold.log.InboxScan;
import io.leasehold.log.LogOptions;
import io.leasehold.log.LogScan;
import io.leasehold.log.PartitionScan;
import io.leasehold.server.InboxTasks;
import io.leasehold.verify.From;
import io.leasehold.verify.Rules;
import io.leasehold.verify.ShardVerdict;
import io.leasehold.verify.ShardVerification;
import io.leasehold.verify.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Judges a cluster by what lies in its topics, whether it runs or not: up to where they ended when this looked.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param topicPrefix what the topics' names begin with
 * @param client further settings of the Kafka clients, such as {@code security.protocol}
 * @param shards which; empty for all
 * @param withInbox whether the settled part of the inbox is held against the journal
 * @param withEnded whether the topic of ended tasks is
 */
public record Verification(
        String bootstrapServers,
        String topicPrefix,
        Map<String, String> client,
        List<Integer> shards,
        Rules rules,
        From from,
        boolean withInbox,
        boolean withEnded) {
    /** All shards, all history, all topics, by the default rules. */
    public static Verification of(String bootstrapServers) {
        return new Verification(
                bootstrapServers,
                LogOptions.TOPIC_PREFIX,
                Map.of(),
                List.of(),
                Rules.DEFAULT,
                From.BEGINNING,
                true,
                true);
    }

    public Verification withTopicPrefix(String topicPrefix) {
        return new Verification(bootstrapServers, topicPrefix, client, shards, rules, from, withInbox, withEnded);
    }

    /** As set for the coordinators as {@code max.expiries}. */
    public Verification withMaxExpiries(int maxExpiries) {
        return withRules(rules.withMaxExpiries(maxExpiries));
    }

    public Verification withRules(Rules rules) {
        return new Verification(bootstrapServers, topicPrefix, client, shards, rules, from, withInbox, withEnded);
    }

    /** Hears how far the reading of a journal is. */
    @FunctionalInterface
    public interface Progress {
        void read(int shard, long from, long next, long to);
    }

    /**
     * The verdict on each shard.
     *
     * @throws IllegalArgumentException if a setting is not one that Kafka's clients know, or a shard is none of the journal's
     * @throws io.leasehold.log.KafkaUnreachable if Kafka does not answer
     * @throws io.leasehold.log.WrongTopicSettings if a topic is missing
     * @throws io.leasehold.log.RecordsDeleted if the cluster deleted what was still to be read: try again
     */
    public List<ShardVerdict> run(Progress progress) {
        try (LogScan scan = LogScan.open(KafkaFlags.logOptions(bootstrapServers, topicPrefix, client))) {
            List<Integer> wanted =
                    shards.isEmpty() ? IntStream.range(0, scan.shards()).boxed().toList() : shards;
            for (int shard : wanted) {
                if (shard < 0 || shard >= scan.shards()) {
                    throw new IllegalArgumentException(
                            "shard: " + shard + " (expected: 0 to " + (scan.shards() - 1) + ")");
                }
            }
            List<ShardVerdict> verdicts = new ArrayList<>();
            for (int shard : wanted) {
                verdicts.add(verify(scan, shard, progress));
            }
            return verdicts;
        }
    }

    /** What an end's topic held before the journal was taken down must be in the journal; what it says is public, after. */
    private ShardVerdict verify(LogScan scan, int shard, Progress progress) {
        long certainEnd = 0;
        if (withEnded) {
            try (PartitionScan before = scan.ended(shard)) {
                certainEnd = before.end();
            }
        }
        try (PartitionScan journal = scan.journal(shard);
                InboxScan inbox = withInbox ? scan.inbox(shard, new InboxTasks()) : null;
                PartitionScan ended = withEnded ? scan.ended(shard) : null) {
            // Copies are acknowledged before what they are copies of is passed: those of all that this journal passed
            // are there.
            Set<Long> rejected = withInbox ? scan.rejected(shard) : Set.of();
            return ShardVerification.run(
                    shard,
                    rules,
                    from,
                    new ScannedJournal(shard, journal, progress),
                    inbox == null
                            ? null
                            : (offset, to) -> inbox.below(
                                    offset,
                                    arrival -> to.accept(new Submitted(
                                            arrival.offset(),
                                            arrival.task().id(),
                                            scan.shards(),
                                            count -> Home.of(arrival.task().id(), count),
                                            rejected.contains(arrival.offset())))),
                    ended == null ? null : new ScannedEnds(ended, certainEnd));
        }
    }
}

package io.leasehold.chaos.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Damages the journal as somebody could who has the right to. */
public final class JournalVandal {
    private static final long SECONDS = 30;
    private static final long RETRY_MS = 500;
    private static final int TRIES = 40;

    private final String bootstrapServers;

    public JournalVandal(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Deletes the older half of what every partition holds; returns the partitions that lost something. */
    public Set<Integer> deleteHalf() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, RecordsToDelete> halves = new HashMap<>();
            for (var info : describe(admin).partitions()) {
                TopicPartition partition = new TopicPartition(Journal.TOPIC, info.partition());
                long start = offset(admin, partition, OffsetSpec.earliest());
                long end = offset(admin, partition, OffsetSpec.latest());
                if (end - start > 1) {
                    halves.put(partition, RecordsToDelete.beforeOffset(start + (end - start) / 2));
                }
            }
            admin.deleteRecords(halves).all().get(SECONDS, TimeUnit.SECONDS);
            Set<Integer> damaged = new TreeSet<>();
            halves.keySet().forEach(partition -> damaged.add(partition.partition()));
            return damaged;
        }
    }

    /** Deletes the topic and makes it anew, with the same partitions and settings; returns all partitions. */
    public Set<Integer> recreate() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            TopicDescription before = describe(admin);
            Map<String, String> settings = settings(admin);
            admin.deleteTopics(List.of(Journal.TOPIC)).all().get(SECONDS, TimeUnit.SECONDS);
            NewTopic again = new NewTopic(
                            Journal.TOPIC, Optional.of(before.partitions().size()), Optional.of((short)
                                    before.partitions().get(0).replicas().size()))
                    .configs(settings);
            create(admin, again);
            Set<Integer> damaged = new TreeSet<>();
            before.partitions().forEach(info -> damaged.add(info.partition()));
            return damaged;
        }
    }

    /** Brokers remember a deleted topic for a moment. */
    private static void create(Admin admin, NewTopic topic) throws Exception {
        for (int i = 1; ; i++) {
            try {
                admin.createTopics(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
                return;
            } catch (java.util.concurrent.ExecutionException e) {
                if (i == TRIES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            }
        }
    }

    private static TopicDescription describe(Admin admin) throws Exception {
        return admin.describeTopics(List.of(Journal.TOPIC))
                .allTopicNames()
                .get(SECONDS, TimeUnit.SECONDS)
                .get(Journal.TOPIC);
    }

    private static Map<String, String> settings(Admin admin) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Journal.TOPIC);
        Config config = admin.describeConfigs(List.of(topic))
                .all()
                .get(SECONDS, TimeUnit.SECONDS)
                .get(topic);
        Map<String, String> settings = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                settings.put(entry.name(), entry.value());
            }
        }
        return settings;
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec spec) throws Exception {
        return admin.listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .get(SECONDS, TimeUnit.SECONDS)
                .offset();
    }
}

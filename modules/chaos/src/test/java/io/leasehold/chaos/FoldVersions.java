package io.leasehold.chaos;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnReader;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Which fold versions a journal names in its claims, bases and terms, read from all of it. */
final class FoldVersions {
    private static final String TOPIC = "leasehold.journal";
    private static final Duration POLL = Duration.ofMillis(200);

    private FoldVersions() {}

    /** The newest that is named, by shard. */
    static Map<Integer, Integer> newest(String bootstrapServers) {
        Map<Integer, Integer> newest = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(TOPIC, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    read(record.value(), version -> newest.merge(record.partition(), version, Math::max));
                }
            }
        }
        return newest;
    }

    private static void read(byte[] record, IntConsumer named) {
        Events listener = (Events) Proxy.newProxyInstance(
                Events.class.getClassLoader(), new Class<?>[] {Events.class}, (proxy, fact, arguments) -> {
                    if (fact.getName().equals("termsSet")) {
                        named.accept((int) arguments[0]);
                    } else if (arguments != null && arguments[0] instanceof Claim claim) {
                        named.accept(claim.foldVersion());
                    } else if (arguments != null && arguments[0] instanceof Base base) {
                        named.accept(base.claim().foldVersion());
                    }
                    return null;
                });
        TurnReader reader = new TurnReader();
        reader.header(record);
        reader.events(listener);
    }
}

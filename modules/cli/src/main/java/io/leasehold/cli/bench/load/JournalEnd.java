package io.leasehold.cli.bench.load;

import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnReader;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where the journal ended, in each shard, at one moment. */
record JournalEnd(String servers, Map<TopicPartition, Long> ends) {
    private static final String TOPIC = "leasehold.journal";
    private static final Duration POLL = Duration.ofMillis(200);

    /** @param ticks records that say the time alone */
    record Written(long ticks, long others) {}

    static JournalEnd of(String servers) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(servers)) {
            return new JournalEnd(servers, consumer.endOffsets(partitions(consumer)));
        }
    }

    /** What has been written since, as it lies there. */
    Written writtenSince() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(servers)) {
            Map<TopicPartition, Long> now = consumer.endOffsets(ends.keySet());
            consumer.assign(ends.keySet());
            ends.forEach(consumer::seek);
            long ticks = 0;
            long others = 0;
            while (now.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < now.get(new TopicPartition(TOPIC, record.partition()))) {
                        boolean tick = facts(record.value()) == 0;
                        ticks += tick ? 1 : 0;
                        others += tick ? 0 : 1;
                    }
                }
            }
            return new Written(ticks, others);
        }
    }

    private static int facts(byte[] record) {
        AtomicInteger facts = new AtomicInteger();
        Events counter = (Events) Proxy.newProxyInstance(
                Events.class.getClassLoader(), new Class<?>[] {Events.class}, (proxy, method, arguments) -> {
                    facts.incrementAndGet();
                    return null;
                });
        TurnReader reader = new TurnReader();
        reader.header(record);
        reader.events(counter);
        return facts.get();
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(TOPIC, info.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String servers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "none"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}

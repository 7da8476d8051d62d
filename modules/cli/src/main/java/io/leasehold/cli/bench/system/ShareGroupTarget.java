package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A share group of Kafka's own on a topic of its own. It knows no priorities. */
public final class ShareGroupTarget implements Target {
    private final String servers;
    private final Map<String, Long> brokers;
    private final String durability;
    private final String topic;
    private KafkaProducer<byte[], byte[]> shared;

    /** Makes the topic. */
    public ShareGroupTarget(
            String servers, Map<String, Long> brokers, String durability, Tag tag, int partitions, short replicas)
            throws InterruptedException {
        this.servers = servers;
        this.brokers = Map.copyOf(brokers);
        this.durability = durability;
        this.topic = tag.queue();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, replicas)))
                    .all()
                    .get();
            AlterConfigOp fromStart =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, topic);
            admin.incrementalAlterConfigs(Map.of(group, List.of(fromStart)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new Failure(
                    "the share group could not be made: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public String name() {
        return "share group";
    }

    @Override
    public String durability() {
        return durability;
    }

    @Override
    public Map<String, Long> processes() {
        return brokers;
    }

    /** Blocking producers share one of Kafka's, which sends what several of them wait for in one request. */
    @Override
    public Producer producer(Style style) {
        if (style != Style.SINGLE) {
            return new Sends(kafkaProducer(style), topic);
        }
        if (shared == null) {
            shared = kafkaProducer(style);
        }
        return new BlockingSends(shared, topic);
    }

    private KafkaProducer<byte[], byte[]> kafkaProducer(Style style) {
        Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", servers, "acks", "all"));
        config.put("linger.ms", style == Style.BATCH ? 5 : 0);
        config.put("batch.size", 1 << 16);
        config.put("buffer.memory", 1L << 26);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topic);
        return producer;
    }

    @Override
    public Workers workers(int count, Style style, Handler handler) {
        return new ShareGroupWorkers(servers, topic, count, style, handler);
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }

    private record BlockingSends(KafkaProducer<byte[], byte[]> producer, String topic) implements Producer {
        @Override
        public void submit(Work work, long number) throws InterruptedException, ExecutionException {
            producer.send(new ProducerRecord<>(topic, work.payload(number))).get();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private record Sends(KafkaProducer<byte[], byte[]> producer, String topic, AtomicReference<Exception> failure)
            implements Producer {
        Sends(KafkaProducer<byte[], byte[]> producer, String topic) {
            this(producer, topic, new AtomicReference<>());
        }

        @Override
        public void submit(Work work, long number) {
            producer.send(new ProducerRecord<>(topic, work.payload(number)), (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        }

        @Override
        public void flush() {
            producer.flush();
            if (failure.get() != null) {
                throw new Failure("records were not taken: " + failure.get().getMessage(), failure.get());
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}

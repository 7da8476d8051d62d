package io.leasehold.cli.process;

import io.leasehold.api.Task;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.client.LeaseholdWorker;
import io.leasehold.client.TaskClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * Tasks over HTTP and over Kafka by a plain producer, some forty a second each way, workers for them, and what is said in
 * public of their ends. The producer hears of new partitions only now and then, as all producers do.
 */
final class SteadyLoad implements AutoCloseable {
    private static final String QUEUE = "load";
    private static final String ENDED = "leasehold.ended";
    private static final long PAUSE_MS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final TaskClient http;
    private final List<LeaseholdWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    /** By id, which ends there were: two copies of one record are one end. */
    private final Map<String, Set<String>> ends = new ConcurrentHashMap<>();

    private volatile boolean submitting = true;
    private volatile boolean closed;

    SteadyLoad(String bootstrapServers, Supplier<List<CoordinatorChild>> alive) {
        this.bootstrapServers = bootstrapServers;
        String[] urls =
                alive.get().stream().map(child -> child.url().toString()).toArray(String[]::new);
        this.http = TaskClient.create(urls[0], urls);
        for (int i = 0; i < 2; i++) {
            workers.add(LeaseholdWorker.builder(urls[i % urls.length], urls)
                    .id("worker-" + i)
                    .queue(QUEUE)
                    .concurrency(8)
                    .stopOnSigterm(false)
                    .onAny((task, payload) -> Map.of("done", true))
                    .build());
        }
    }

    void start() {
        workers.forEach(LeaseholdWorker::start);
        run("http", this::submitOverHttp);
        run("kafka", this::submitOverKafka);
        run("ends", this::readEnds);
    }

    private void run(String name, Runnable body) {
        Thread thread = new Thread(body, "load-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void submitOverHttp() {
        for (int i = 0; submitting; i++) {
            String id = "http-" + i;
            try {
                http.submit(Task.of(QUEUE, i).id(id));
                acknowledged.add(id);
            } catch (RuntimeException e) {
                refused.add(id + ": " + e);
            }
            pause();
        }
    }

    private void submitOverKafka() {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "metadata.max.age.ms", "3000"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; submitting; i++) {
                String id = "kafka-" + i;
                byte[] task = ("{\"queue\":\"" + QUEUE + "\",\"payload\":" + i + "}").getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("leasehold.tasks", id, task), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.add(id);
                    } else {
                        refused.add(id + ": " + failure);
                    }
                });
                pause();
            }
        }
    }

    private void readEnds() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        false,
                        "metadata.max.age.ms",
                        "1000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            Set<TopicPartition> read = new HashSet<>();
            while (!closed) {
                follow(consumer, read);
                consumer.poll(Duration.ofMillis(200)).forEach(this::take);
            }
        }
    }

    private static void follow(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> read) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        read.forEach(partition -> positions.put(partition, consumer.position(partition)));
        boolean more = false;
        for (var info : consumer.partitionsFor(ENDED)) {
            more |= read.add(new TopicPartition(ENDED, info.partition()));
        }
        if (more) {
            consumer.assign(read);
            read.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> end) {
        String number = new String(end.headers().lastHeader("leasehold-number").value(), StandardCharsets.UTF_8);
        ends.computeIfAbsent(
                        new String(end.key(), StandardCharsets.UTF_8),
                        id -> Collections.synchronizedSet(new HashSet<>()))
                .add(end.partition() + "/" + number);
    }

    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    List<String> refusedForGood() {
        return List.copyOf(refused);
    }

    List<String> endedTwice() {
        return ends.entrySet().stream()
                .filter(end -> end.getValue().size() > 1)
                .map(end -> end.getKey() + " " + end.getValue())
                .toList();
    }

    /** Waits until so many more tasks have ended than now. */
    void awaitEnded(int more) {
        int before = ends.size();
        Awaitility.await().atMost(PATIENCE).until(() -> ends.size() >= before + more);
    }

    void stopSubmitting() throws InterruptedException {
        submitting = false;
        threads.get(0).join(PATIENCE.toMillis());
        threads.get(1).join(PATIENCE.toMillis());
    }

    void awaitAllEnded() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(ends.keySet())
                        .containsAll(acknowledged));
        System.out.println(acknowledged.size() + " tasks were acknowledged, and all have ended");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        submitting = false;
        closed = true;
        workers.forEach(LeaseholdWorker::close);
        http.close();
    }
}

package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Members of a share group, a thread each. In batches, records are acknowledged by the next fetch, which costs no request of
 * its own; one at a time, each is acknowledged and committed before the next is asked for.
 */
final class ShareGroupWorkers implements Target.Workers {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int BATCH = 500;
    private static final long LOOK_MS = 50;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final String servers;
    private final String topic;
    private final boolean single;
    private final Target.Handler handler;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    ShareGroupWorkers(String servers, String topic, int count, Target.Style style, Target.Handler handler) {
        this.servers = servers;
        this.topic = topic;
        this.single = style == Target.Style.SINGLE;
        this.handler = handler;
        for (int i = 0; i < count; i++) {
            threads.add(new Thread(this::run, "share-group-worker-" + i));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
    }

    private void run() {
        try (KafkaShareConsumer<byte[], byte[]> consumer = consumer()) {
            if (!single) {
                consumer.setAcknowledgementCommitCallback((offsets, error) -> {
                    failure.compareAndSet(null, error);
                    offsets.values().forEach(some -> acknowledged.addAndGet(some.size()));
                });
            }
            consumer.subscribe(List.of(topic));
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> one : records) {
                    started.incrementAndGet();
                    handler.started(one.value());
                    if (single) {
                        consumer.acknowledge(one, AcknowledgeType.ACCEPT);
                    }
                }
                if (single && !records.isEmpty()) {
                    commit(consumer);
                    acknowledged.addAndGet(records.count());
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void commit(KafkaShareConsumer<byte[], byte[]> consumer) {
        for (Optional<KafkaException> error : consumer.commitSync().values()) {
            error.ifPresent(e -> failure.compareAndSet(null, e));
        }
    }

    private KafkaShareConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", servers, "group.id", topic));
        config.put("share.acknowledgement.mode", single ? "explicit" : "implicit");
        config.put("max.poll.records", single ? 1 : BATCH);
        if (single) {
            config.put("share.acquire.mode", "record_limit");
        }
        return new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Members learn with a heartbeat which partitions are theirs. */
    @Override
    public void awaitAttached() throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            while (!isComplete(admin)) {
                check();
                if (System.nanoTime() > deadline) {
                    throw new Failure("members of the share group: not all have partitions (expected: " + threads.size()
                            + " within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s)");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
        TimeUnit.MILLISECONDS.sleep(Target.ASK_MS);
    }

    private boolean isComplete(Admin admin) throws InterruptedException, ExecutionException {
        ShareGroupDescription group;
        try {
            group = admin.describeShareGroups(List.of(topic)).all().get().get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false; // no member has come yet
            }
            throw e;
        }
        return group.groupState() == GroupState.STABLE
                && group.members().size() == threads.size()
                && group.members().stream()
                        .noneMatch(
                                member -> member.assignment().topicPartitions().isEmpty());
    }

    @Override
    public void check() {
        if (failure.get() != null) {
            throw new Failure("a worker of the share group broke: " + failure.get(), failure.get());
        }
    }

    @Override
    public void settle() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (acknowledged.get() < started.get()) {
            check();
            if (System.nanoTime() > deadline) {
                throw new Failure("records acknowledged: " + acknowledged + " (expected: " + started + ")");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

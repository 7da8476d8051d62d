package io.leasehold.cli.bench;

import io.leasehold.api.Task;
import io.leasehold.cli.Failure;
import io.leasehold.core.task.Home;
import io.leasehold.producer.LeaseholdProducer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** The tasks that lie in the queues while something else is measured: a queue for each shard, which holds that shard's alone. */
final class QueuedTasks {
    private static final int TOLD_EVERY = 10_000;

    private QueuedTasks() {}

    static String queueOf(int shard) {
        return "shard-" + shard;
    }

    /** An id that begins with the name and has its home there. */
    static String idAt(int shard, int shards, String name) {
        String id = name;
        for (int i = 0; Home.of(id, shards) != shard; i++) {
            id = name + "." + i;
        }
        return id;
    }

    /**
     * Writes them to Kafka; returns when all are durable.
     *
     * @param progress told now and then how many are
     */
    static void enqueue(String servers, int tasks, int shards, LongConsumer progress) {
        AtomicLong durable = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Map<String, Object> config =
                Map.of("bootstrap.servers", servers, "linger.ms", 20, "batch.size", 1 << 18, "client.id", "bench");
        try (LeaseholdProducer producer = LeaseholdProducer.create(config)) {
            for (int i = 0; i < tasks && failure.get() == null; i++) {
                String id = "queued-" + i;
                producer.enqueue(Task.of(queueOf(Home.of(id, shards)), i).id(id))
                        .whenComplete((done, error) -> {
                            durable.incrementAndGet();
                            failure.compareAndSet(null, error);
                        });
                if (i % TOLD_EVERY == 0) {
                    progress.accept(durable.get());
                }
            }
        }
        if (failure.get() != null) {
            throw new Failure("the tasks could not be queued: " + failure.get().getMessage(), failure.get());
        }
        progress.accept(durable.get());
    }
}

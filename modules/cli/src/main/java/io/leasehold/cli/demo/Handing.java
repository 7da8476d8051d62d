package io.leasehold.cli.demo;

import io.leasehold.api.SubmitAnswer;
import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import io.leasehold.cli.Failure;
import io.leasehold.client.TaskClient;
import io.leasehold.producer.LeaseholdProducer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Hands the demo's tasks in: every other one over Kafka, the rest over HTTP. */
final class Handing {
    private static final Duration POISON_LEASE = Duration.ofSeconds(3);
    private static final int POISON_PRIORITY = 10;
    private static final int BATCH = 500;

    private final String servers;
    private final TaskClient client;

    Handing(String servers, TaskClient client) {
        this.servers = servers;
        this.client = client;
    }

    /** Returns when all are acknowledged. */
    void submit(List<FileTask> files) {
        Instant now = Instant.now();
        List<TaskRequest> overKafka = new ArrayList<>();
        List<TaskRequest> overHttp = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            (i % 2 == 0 ? overKafka : overHttp).add(files.get(i).toRequest(now));
        }
        overHttp.add(poison());
        overKafka(overKafka);
        for (int from = 0; from < overHttp.size(); from += BATCH) {
            overHttp(overHttp.subList(from, Math.min(from + BATCH, overHttp.size())));
        }
    }

    /** Whoever runs it dies at once, so the first of all to start. */
    private static TaskRequest poison() {
        return Task.of(FileTask.QUEUE, Audit.POISON, null)
                .id(Audit.POISON)
                .priority(POISON_PRIORITY)
                .lease(POISON_LEASE);
    }

    private void overKafka(List<TaskRequest> tasks) {
        try (LeaseholdProducer producer = LeaseholdProducer.create(Map.of("bootstrap.servers", servers))) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (TaskRequest task : tasks) {
                all.add(producer.enqueue(task));
            }
            all.forEach(CompletableFuture::join);
        }
    }

    private void overHttp(List<TaskRequest> tasks) {
        for (SubmitAnswer answer : client.submitAll(tasks)) {
            if (answer.error() != null) {
                throw new Failure("a task was refused: " + answer.error().detail());
            }
        }
    }
}

package io.leasehold.cli.bench.system;

import io.leasehold.api.PayloadCodec;
import io.leasehold.cli.Failure;
import io.leasehold.client.LeaseholdWorker;
import io.leasehold.client.TaskClient;
import io.leasehold.client.transport.VertxTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leasehold, by its own Java clients. */
public final class LeaseholdTarget implements Target {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_CONNECTIONS = 20_000;

    private final List<String> urls;
    private final Tag tag;
    private final Knobs knobs;
    private final Map<String, Long> processes;
    private final String durability;
    private final VertxTransport submitting = new VertxTransport(MOST_CONNECTIONS);
    private final VertxTransport working = new VertxTransport(MOST_CONNECTIONS);
    private int clients;
    private boolean isPlain;

    /** @param urls of its coordinators */
    public LeaseholdTarget(List<String> urls, Tag tag, Knobs knobs, Map<String, Long> processes, String durability) {
        this.urls = List.copyOf(urls);
        this.tag = tag;
        this.knobs = knobs;
        this.processes = new LinkedHashMap<>(processes);
        this.durability = durability;
    }

    /** From now on its workers are plain HTTP clients of the first coordinator alone. */
    public void usePlainWorkers() {
        isPlain = true;
    }

    @Override
    public String name() {
        return "leasehold";
    }

    @Override
    public String durability() {
        return durability;
    }

    @Override
    public Map<String, Long> processes() {
        return processes;
    }

    @Override
    public Producer producer(Style style) {
        List<String> order = rotated();
        TaskClient client = TaskClient.create(
                new SharedTransport(submitting),
                PayloadCodec.jackson(),
                PATIENCE,
                order.get(0),
                order.subList(1, order.size()).toArray(String[]::new));
        return new LeaseholdSubmissions(client, tag, style, knobs);
    }

    @Override
    public Workers workers(int count, Style style, Handler handler) {
        if (isPlain) {
            return new PlainWorkers(urls.get(0), tag.queue(), count, handler);
        }
        List<LeaseholdWorker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> order = rotated();
            workers.add(LeaseholdWorker.builder(
                            order.get(0), order.subList(1, order.size()).toArray(String[]::new))
                    .id(tag.queue() + "-" + clients)
                    .queue(tag.queue())
                    .concurrency(style == Style.SINGLE ? 1 : knobs.batch())
                    .transport(new SharedTransport(working))
                    .stopOnSigterm(false)
                    .onAny((task, payload) -> {
                        handler.started(payload);
                        return null;
                    })
                    .build());
        }
        workers.forEach(LeaseholdWorker::start);
        return new Running(workers);
    }

    /** Each client begins with another coordinator. */
    private List<String> rotated() {
        List<String> order = new ArrayList<>(urls);
        Collections.rotate(order, clients++);
        return order;
    }

    @Override
    public void close() {
        submitting.close();
        working.close();
    }

    private record Running(List<LeaseholdWorker> workers) implements Workers {
        @Override
        public void check() throws InterruptedException {
            for (LeaseholdWorker worker : workers) {
                worker.awaitTermination(Duration.ZERO);
            }
        }

        /** A worker that stops in good order has an answer to each of its reports. */
        @Override
        public void settle() throws InterruptedException {
            workers.forEach(LeaseholdWorker::stop);
            for (LeaseholdWorker worker : workers) {
                if (!worker.awaitTermination(PATIENCE)) {
                    throw new Failure("worker " + worker.id() + " has not stopped (expected: within "
                            + PATIENCE.toSeconds() + " s)");
                }
            }
        }

        @Override
        public void close() {
            workers.forEach(LeaseholdWorker::stop);
            workers.forEach(LeaseholdWorker::close);
        }
    }
}

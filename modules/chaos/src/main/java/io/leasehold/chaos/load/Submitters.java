package io.leasehold.chaos.load;

import io.leasehold.api.TaskRequest;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.TaskClient;
import io.leasehold.producer.LeaseholdProducer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Submits tasks at a steady rate through both doors until told to stop; cancels some and submits some again. */
public final class Submitters implements AutoCloseable {
    private static final int MOST_UNDER_WAY = 300;
    private static final int CANCELLED_PERCENT = 5;
    private static final int AGAIN_PERCENT = 4;
    private static final int LATER_MS = 3_000;
    private static final String HTTP = "http";
    private static final String KAFKA = "kafka";

    private final HistoryWriter history;
    private final TaskClient client;
    private final LeaseholdProducer producer;
    private final Cancels cancels;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(3, run -> {
        Thread thread = new Thread(run, "submitter");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();

    public Submitters(HistoryWriter history, List<String> urls, String bootstrapServers) {
        this.history = history;
        this.client =
                TaskClient.create(urls.get(0), urls.subList(1, urls.size()).toArray(String[]::new));
        this.producer = LeaseholdProducer.create(
                Map.of("bootstrap.servers", bootstrapServers, "max.block.ms", "5000", "delivery.timeout.ms", "40000"));
        this.cancels = new Cancels(client, history);
    }

    /** @param perSecond tasks, through both doors together */
    public void start(long seed, int perSecond) {
        long everyMicros = 2_000_000L / perSecond;
        TaskMix overHttp = new TaskMix(seed, "h");
        TaskMix overKafka = new TaskMix(seed + 1, "k");
        clock.scheduleAtFixedRate(() -> submit(overHttp, HTTP), 0, everyMicros, TimeUnit.MICROSECONDS);
        clock.scheduleAtFixedRate(() -> submit(overKafka, KAFKA), everyMicros / 2, everyMicros, TimeUnit.MICROSECONDS);
    }

    public long submitted() {
        return submitted.get();
    }

    public long acknowledged() {
        return acknowledged.get();
    }

    /** Submits no more, and waits until what is under way has an answer or was given up. */
    public void stop() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(1, TimeUnit.MINUTES);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (underWay.get() + cancels.underWay() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
        client.close();
    }

    private void submit(TaskMix mix, String door) {
        if (underWay.get() >= MOST_UNDER_WAY) {
            return;
        }
        TaskMix.Made made = mix.next(door);
        history.write(made.event());
        submitted.incrementAndGet();
        boolean again = mix.chance(AGAIN_PERCENT);
        boolean cancelled = mix.chance(CANCELLED_PERCENT);
        int laterMs = mix.upTo(LATER_MS);
        send(made.request(), door, () -> {
            acknowledged.incrementAndGet();
            if (again) {
                later(laterMs, () -> send(made.request(), laterMs % 2 == 0 ? HTTP : KAFKA, () -> {}));
            }
            if (cancelled) {
                later(laterMs / 2, () -> cancels.cancel(made.request().id()));
            }
        });
    }

    private void send(TaskRequest request, String door, Runnable whenAcknowledged) {
        long sentNs = System.nanoTime();
        underWay.incrementAndGet();
        if (door.equals(HTTP)) {
            client.submitAsync(request).whenComplete((answer, error) -> {
                underWay.decrementAndGet();
                if (error == null) {
                    boolean duplicate = Boolean.TRUE.equals(answer.duplicate());
                    told(request, door, duplicate, sentNs, whenAcknowledged);
                }
            });
        } else {
            producer.enqueue(request).whenComplete((id, error) -> {
                underWay.decrementAndGet();
                if (error == null) {
                    told(request, door, false, sentNs, whenAcknowledged);
                }
            });
        }
    }

    private void told(TaskRequest request, String door, boolean duplicate, long sentNs, Runnable then) {
        history.write(new Event.Acknowledged(request.id(), door, duplicate, sentNs, System.nanoTime()));
        then.run();
    }

    private void later(int ms, Runnable action) {
        if (!clock.isShutdown()) {
            clock.schedule(action, ms, TimeUnit.MILLISECONDS);
        }
    }
}

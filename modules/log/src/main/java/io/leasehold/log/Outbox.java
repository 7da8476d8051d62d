package io.leasehold.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is not the truth: one shard's ends, or the copies of its inbox that are rejected or on their way home. It has
 * a producer and a thread of its own, made with the first send, so that no shard's loop and no reader ever waits for a
 * send, and nothing of one shard for what cannot be sent for another. Thread-safe.
 */
final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LONGEST_BACKOFF_MS = 5_000;

    /** Nobody waits for it, so that it need not wake a thread by itself. */
    private static final long GATHER_MS = 10;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ScheduledThreadPoolExecutor thread;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    /** Whether a run of the thread is to come that takes what waits. */
    private final AtomicBoolean told = new AtomicBoolean();

    private volatile boolean closed;

    /** Confined to the thread above; null until something is sent. */
    private Producer<byte[], byte[]> producer;

    /** @param name of its thread */
    Outbox(String name, Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
        this.thread = new ScheduledThreadPoolExecutor(1, body -> {
            Thread sender = new Thread(body, name);
            sender.setDaemon(true);
            return sender;
        });
        // What is asked for after the end is asked for again by the next owner.
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Does something a moment later, before the sends that are asked for later: such as encoding what is to be sent. */
    void execute(Runnable body) {
        waiting.add(body);
        if (told.compareAndSet(false, true)) {
            thread.schedule(this::takeAll, GATHER_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void takeAll() {
        told.set(false);
        for (Runnable body = waiting.poll(); body != null; body = waiting.poll()) {
            try {
                body.run();
            } catch (RuntimeException e) {
                log.error("something that was to be sent could not be", e);
            }
        }
    }

    /** Sends once. Completes when it is acknowledged by all in-sync replicas, or fails; from an I/O thread. */
    CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> message) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        execute(() -> sendNow(message, cause -> {
            if (cause == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(cause);
            }
        }));
        return acknowledged;
    }

    /**
     * Sends until all are acknowledged, for as long as that takes or they are wanted, then runs {@code done} on some
     * thread. What was sent in vain may still have arrived: at least once.
     */
    void sendAll(List<ProducerRecord<byte[], byte[]>> messages, BooleanSupplier wanted, Runnable done) {
        sendAll(messages, wanted, done, FIRST_BACKOFF_MS);
    }

    private void sendAll(
            List<ProducerRecord<byte[], byte[]>> messages, BooleanSupplier wanted, Runnable done, long backoffMs) {
        List<ProducerRecord<byte[], byte[]>> failed = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<?>[] sends = messages.stream()
                .map(message -> send(message).exceptionally(cause -> {
                    failed.add(message);
                    return null;
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sends).thenRun(() -> {
            if (failed.isEmpty()) {
                done.run();
            } else if (wanted.getAsBoolean()) {
                log.warn(
                        "{}: {} records could not be sent, they are sent again",
                        messages.get(0).topic(),
                        failed.size());
                long next = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
                thread.schedule(
                        () -> sendAll(List.copyOf(failed), wanted, done, next), backoffMs, TimeUnit.MILLISECONDS);
            }
        });
    }

    /**
     * Sends once; only from within what {@link #execute} does.
     *
     * @param outcome told null when it is acknowledged by all in-sync replicas, else why it failed; at once or from an
     *     I/O thread. Those of one partition are told in the order of their sending, up to the first failure
     */
    void sendNow(ProducerRecord<byte[], byte[]> message, Consumer<Exception> outcome) {
        Producer<byte[], byte[]> used = null;
        try {
            used = made();
            Producer<byte[], byte[]> sender = used;
            sender.send(message, (metadata, cause) -> {
                if (cause != null) {
                    onFailure(sender, cause);
                }
                outcome.accept(cause);
            });
        } catch (KafkaException | IllegalStateException e) {
            onFailure(used, e);
            outcome.accept(e);
        }
    }

    private Producer<byte[], byte[]> made() {
        if (closed) {
            throw new IllegalStateException("outbox: closed");
        }
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    private void onFailure(Producer<byte[], byte[]> used, Exception cause) {
        if (!(cause instanceof RetriableException)) {
            execute(() -> renew(used));
        }
    }

    /** Some failures are for the life of a producer; a new one has a chance. */
    private void renew(Producer<byte[], byte[]> broken) {
        if (producer == broken) {
            letGo();
        }
    }

    private void letGo() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        execute(this::letGo);
        thread.shutdown();
    }
}

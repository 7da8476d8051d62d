package io.leasehold.log;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One shard's ends, published to the partition of the shard's number, so that they lie there in order. Called by the
 * shard's loop; the listener hears from the I/O thread of the outbox.
 */
final class KafkaEnds implements Ends {
    private final String topic;
    private final Outbox outbox;
    private final Listener listener;
    private Attempt attempt = new Attempt();
    private boolean closed;

    KafkaEnds(String topic, Outbox outbox, Listener listener) {
        this.topic = topic;
        this.outbox = outbox;
        this.listener = listener;
    }

    @Override
    public synchronized void publish(List<EndedTask> ends) {
        Attempt current = attempt;
        for (EndedTask end : ends) {
            current.unacknowledged.add(end.number());
            current.last = Math.max(current.last, end.number());
        }
        outbox.execute(() -> ends.forEach(end -> send(end, current)));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void send(EndedTask end, Attempt current) {
        try {
            outbox.send(message(end)).whenComplete((nothing, cause) -> {
                if (cause == null) {
                    acknowledged(end.number(), current);
                } else {
                    failed(cause, current);
                }
            });
        } catch (RuntimeException e) {
            failed(e, current);
        }
    }

    /** After one failure the acknowledgements of later ends say nothing: they are published again. */
    private synchronized void acknowledged(long number, Attempt current) {
        boolean stale = closed || current != attempt || !current.unacknowledged.contains(number);
        if (stale) {
            return;
        }
        boolean lowest = current.unacknowledged.first() == number;
        current.unacknowledged.remove(number);
        if (lowest) {
            listener.onEndsPublished(
                    current.unacknowledged.isEmpty() ? current.last : current.unacknowledged.first() - 1);
        }
    }

    private synchronized void failed(Throwable cause, Attempt current) {
        if (!closed && current == attempt) {
            attempt = new Attempt();
            listener.onEndsFailed(cause instanceof Exception known ? known : new IllegalStateException(cause));
        }
    }

    private ProducerRecord<byte[], byte[]> message(EndedTask end) {
        byte[] key = end.id().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, end.shard(), key, EndedJson.of(end));
        RecordHeaders.set(message.headers(), RecordHeaders.SHARD, Integer.toString(end.shard()));
        RecordHeaders.set(message.headers(), RecordHeaders.NUMBER, Long.toString(end.number()));
        if (end.traceparent() != null) {
            RecordHeaders.set(message.headers(), RecordHeaders.TRACEPARENT, end.traceparent());
        }
        return message;
    }

    /** What was published since the last failure. */
    private static final class Attempt {
        private final TreeSet<Long> unacknowledged = new TreeSet<>();
        private long last;
    }
}

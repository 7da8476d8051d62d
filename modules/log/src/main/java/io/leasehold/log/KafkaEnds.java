package io.leasehold.log;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        outbox.execute(() -> send(ends, current));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** They lie in one partition, so who hears of the last one's acknowledgement before any failure knows of them all. */
    private void send(List<EndedTask> ends, Attempt current) {
        long last = ends.get(ends.size() - 1).number();
        try {
            for (EndedTask end : ends) {
                outbox.sendNow(message(end), cause -> {
                    if (cause != null) {
                        failed(cause, current);
                    } else if (end.number() == last) {
                        acknowledged(last, current);
                    }
                });
            }
        } catch (RuntimeException e) {
            failed(e, current);
        }
    }

    private synchronized void acknowledged(long number, Attempt current) {
        if (!closed && current == attempt) {
            listener.onEndsPublished(number);
        }
    }

    /** After one failure the acknowledgements of later ends say nothing: they are published again. */
    private synchronized void failed(Exception cause, Attempt current) {
        if (!closed && current == attempt) {
            attempt = new Attempt();
            listener.onEndsFailed(cause);
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

    /** What is published up to the next failure. */
    private static final class Attempt {}
}

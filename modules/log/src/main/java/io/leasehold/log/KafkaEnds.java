package io.leasehold.log;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One shard's ends, published to the partition of the shard's number, so that they lie there in order. They have a producer
 * of their own: a partition that is away fills that one's buffer, and nothing else waits for it. Called by the shard's
 * loop; the listener hears from the I/O thread of the producer.
 */
final class KafkaEnds implements Ends {
    private final String topic;
    private final Outbox outbox;
    private final Listener listener;
    /** Up to this one, attempts are over: an end of each could not be sent, or of a later one. */
    private volatile long failedAttempt = -1;

    private volatile boolean closed;

    KafkaEnds(String topic, int shard, Supplier<Producer<byte[], byte[]>> producers, Listener listener) {
        this.topic = topic;
        this.outbox = new Outbox("leasehold-ends-" + shard, producers);
        this.listener = listener;
    }

    @Override
    public void publish(long attempt, List<EndedTask> ends) {
        outbox.execute(() -> send(attempt, ends));
    }

    @Override
    public void close() {
        closed = true;
        outbox.close();
    }

    /** They lie in one partition, so who hears of the last one's acknowledgement before any failure knows of them all. */
    private void send(long attempt, List<EndedTask> ends) {
        long last = ends.get(ends.size() - 1).number();
        for (EndedTask end : ends) {
            if (isOver(attempt)) {
                return;
            }
            try {
                outbox.sendNow(message(end), cause -> {
                    if (cause != null) {
                        failed(attempt, cause);
                    } else if (end.number() == last) {
                        acknowledged(attempt, last);
                    }
                });
            } catch (RuntimeException e) {
                failed(attempt, e);
            }
        }
    }

    private boolean isOver(long attempt) {
        return closed || attempt <= failedAttempt;
    }

    private synchronized void acknowledged(long attempt, long number) {
        if (!isOver(attempt)) {
            listener.onEndsPublished(attempt, number);
        }
    }

    private synchronized void failed(long attempt, Exception cause) {
        if (!isOver(attempt)) {
            failedAttempt = attempt;
            listener.onEndsFailed(attempt, cause);
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
}

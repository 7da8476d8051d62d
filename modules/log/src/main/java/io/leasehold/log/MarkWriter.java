package io.leasehold.log;

import io.leasehold.core.event.VoidMark;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Puts an operator's mark into a journal: all that anybody but a shard's owner writes there. Blocks until Kafka has it. */
public final class MarkWriter {
    private static final int MARK_BYTES = 1 << 10;

    private final LogOptions options;

    public MarkWriter(LogOptions options) {
        this.options = options;
    }

    /**
     * Where the mark lies.
     *
     * @throws KafkaUnreachable if Kafka does not take it within the append time-out; it may land nevertheless, and may be
     *     written again
     * @throws KafkaException if Kafka refuses it
     */
    public long write(int shard, VoidMark mark) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(options.topics().journal(), shard, null, mark.toRecord());
        try (Producer<byte[], byte[]> producer = new KafkaClients(options).producer("mark", MARK_BYTES)) {
            return producer.send(record).get().offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new KafkaUnreachable(options.bootstrapServers(), options.appendTimeout(), e.getCause());
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }
}

package io.leasehold.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Copies an invalid submission for the topic of rejected ones: original bytes and headers, why, and where from. A record
 * that does not fit with these headers is cut, and a header says so.
 *
 * @param maxMessageBytes the largest message that the topic takes
 */
record RejectedCopy(String topic, int maxMessageBytes) {
    private static final int MAX_REASON_BYTES = 1_024;

    /** For the reason, the origin, what was cut, and what a batch and a record themselves take. */
    private static final int RESERVED_BYTES = 4_096;

    ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, String reason) {
        List<String> cut = new ArrayList<>();
        int room = maxMessageBytes - RESERVED_BYTES;
        byte[] key = fitting("key", record.key(), room / 4, cut);
        room -= length(key);
        boolean keepHeaders = RecordHeaders.bytes(record.headers()) <= room / 2;
        room -= keepHeaders ? (int) RecordHeaders.bytes(record.headers()) : 0;
        byte[] value = fitting("value", record.value(), room, cut);
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(topic, record.partition(), key, value);
        if (keepHeaders) {
            for (Header header : record.headers()) {
                copy.headers().add(header);
            }
        } else {
            cut.add("headers: none kept");
        }
        RecordHeaders.set(copy.headers(), RecordHeaders.REASON, shortened(reason));
        RecordHeaders.set(
                copy.headers(),
                RecordHeaders.ORIGIN,
                record.topic() + "/" + record.partition() + "/" + record.offset());
        if (!cut.isEmpty()) {
            RecordHeaders.set(copy.headers(), RecordHeaders.CUT, String.join("; ", cut));
        }
        return copy;
    }

    private static byte[] fitting(String name, byte[] bytes, int room, List<String> cut) {
        if (length(bytes) <= room) {
            return bytes;
        }
        cut.add(name + ": " + room + " of " + bytes.length + " bytes kept");
        return Arrays.copyOf(bytes, room);
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String shortened(String reason) {
        byte[] bytes = String.valueOf(reason).getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_REASON_BYTES
                ? reason
                : new String(bytes, 0, MAX_REASON_BYTES, StandardCharsets.UTF_8);
    }
}

package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.core.task.Home;
import io.leasehold.core.task.Submission;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Tells the records of the inbox apart: tasks at home here, tasks whose home is another shard, and what is no task. No
 * content of a record makes it throw. Used by the reader's thread alone.
 */
final class SubmissionSorter {
    /** What a task's record may add to its value; with it, a task and the headers of its way fit into one message. */
    static final int MAX_HEADER_BYTES = 32 << 10;

    private static final int TOPIC_ID_CHARS = 6;
    private static final byte[] NOTHING = new byte[0];

    private final SubmissionReader reader;
    private final RejectedCopy rejectedCopy;
    private final InboxTopic inbox;

    SubmissionSorter(SubmissionReader reader, RejectedCopy rejectedCopy, InboxTopic inbox) {
        this.reader = reader;
        this.rejectedCopy = rejectedCopy;
        this.inbox = inbox;
    }

    /** @param afterMs by the monotonic clock, a time at which none of them had been appended yet; or {@link Arrival#NEVER} */
    InboxBatch sort(List<ConsumerRecord<byte[], byte[]>> records, long afterMs) {
        List<Arrival> arrivals = new ArrayList<>(records.size());
        List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>();
        int rejected = 0;
        int resent = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                Submission submission = read(record);
                int home = Home.of(submission.task().id(), inbox.shards().getAsInt());
                if (home == record.partition()) {
                    arrivals.add(arrival(record, submission, afterMs));
                } else {
                    copies.add(onItsWayHome(record, home));
                    resent++;
                }
            } catch (InvalidSubmission e) {
                copies.add(rejectedCopy.of(record, e.getMessage()));
                rejected++;
            }
        }
        return new InboxBatch(arrivals, copies, rejected, resent);
    }

    /** @param arrival one that was sorted before */
    ProducerRecord<byte[], byte[]> rejected(Arrival arrival, String reason) {
        return rejectedCopy.of(((ReadSubmission) arrival).record(), reason);
    }

    /** -1 if it is not known. */
    static int leaderEpoch(ConsumerRecord<byte[], byte[]> record) {
        return record.leaderEpoch().orElse(-1);
    }

    /** A copy of a misplaced record says when that was appended, which was before. */
    private static Arrival arrival(ConsumerRecord<byte[], byte[]> record, Submission submission, long afterMs) {
        long appendedMs = submittedMs(record);
        return new ReadSubmission(
                record,
                submission.receivedAt(appendedMs),
                submission.delayMs(),
                appendedMs,
                wasResent(record) ? Arrival.NEVER : afterMs);
    }

    private Submission read(ConsumerRecord<byte[], byte[]> record) throws InvalidSubmission {
        checkSize(record);
        String id = record.key() == null ? assignedId(record) : userId(record.key());
        try {
            return reader.read(id, record.value(), headers(record.headers()));
        } catch (RuntimeException e) {
            throw new InvalidSubmission("task: unreadable (expected: a task as JSON): " + e);
        } catch (StackOverflowError e) {
            throw new InvalidSubmission("task: nested too deeply (expected: a task as JSON)");
        }
    }

    private void checkSize(ConsumerRecord<byte[], byte[]> record) throws InvalidSubmission {
        if (record.value() == null) {
            throw new InvalidSubmission("value: null (expected: a task as JSON)");
        }
        if (record.value().length > inbox.maxTaskBytes()) {
            throw new InvalidSubmission(
                    "task: " + record.value().length + " bytes (expected: at most " + inbox.maxTaskBytes() + ")");
        }
        long rest = RecordHeaders.bytes(record.headers()) + (record.key() == null ? 0 : record.key().length);
        if (rest > MAX_HEADER_BYTES) {
            throw new InvalidSubmission(
                    "key and headers: " + rest + " bytes (expected: at most " + MAX_HEADER_BYTES + ")");
        }
    }

    /** Says where the record lies, so that it is the same however often the record is read, and no other record's. */
    private String assignedId(ConsumerRecord<byte[], byte[]> record) {
        return "~" + record.partition() + "." + record.offset() + "-"
                + inbox.topicId().substring(0, TOPIC_ID_CHARS);
    }

    /** A producer that could choose an assigned id could make a later record look like a duplicate. */
    private static String userId(byte[] key) throws InvalidSubmission {
        try {
            String id = text(key);
            if (Home.isAssigned(id)) {
                throw new InvalidSubmission("id: " + id + " (expected: one that does not begin with ~)");
            }
            return id;
        } catch (CharacterCodingException e) {
            throw new InvalidSubmission("id: " + key.length + " bytes that are not UTF-8 (expected: UTF-8 text)");
        }
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        for (byte one : utf8) {
            if (one < 0) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(utf8))
                        .toString();
            }
        }
        return new String(utf8, StandardCharsets.ISO_8859_1);
    }

    private static boolean wasResent(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(RecordHeaders.RESENT) != null;
    }

    /** The moment from which a delay counts: when the broker first appended the submission, wherever that was. */
    private static long submittedMs(ConsumerRecord<byte[], byte[]> record) {
        String text = wasResent(record) ? RecordHeaders.text(record.headers(), RecordHeaders.SUBMITTED_MS) : null;
        if (text == null || !text.matches("[0-9]{1,18}")) {
            return record.timestamp();
        }
        return Math.min(Long.parseLong(text), record.timestamp());
    }

    /**
     * Nothing loops, for a copy lies at home. The marks of an earlier way change nothing: any producer can write them, and
     * a task that was admitted away from its home would run beside another of the same id, known to nobody who asks for it.
     */
    private ProducerRecord<byte[], byte[]> onItsWayHome(ConsumerRecord<byte[], byte[]> record, int home) {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(inbox.topic(), home, record.key(), record.value(), record.headers());
        RecordHeaders.set(copy.headers(), RecordHeaders.RESENT, record.partition() + "/" + record.offset());
        RecordHeaders.set(copy.headers(), RecordHeaders.SUBMITTED_MS, Long.toString(submittedMs(record)));
        return copy;
    }

    private static Map<String, byte[]> headers(Headers headers) {
        Map<String, byte[]> byName = new HashMap<>(4);
        for (Header header : headers) {
            byName.put(header.key(), header.value() == null ? NOTHING : header.value());
        }
        return byName;
    }
}

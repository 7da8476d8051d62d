package io.leasehold.log;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The names of the headers that Leasehold writes, and how they are read and written: as UTF-8 text. */
final class RecordHeaders {
    /** On a submission sent on to its home: {@code <partition>/<offset>} where it lay. */
    static final String RESENT = "leasehold-resent";

    /** On a submission sent on to its home: when the broker first appended it, in epoch milliseconds. */
    static final String SUBMITTED_MS = "leasehold-submitted-ms";

    /** On a rejected submission: why. */
    static final String REASON = "leasehold-reason";

    /** On a rejected submission: {@code <topic>/<partition>/<offset>} where it lies. */
    static final String ORIGIN = "leasehold-origin";

    /** On a rejected submission that did not fit with these headers: what of it is missing. */
    static final String CUT = "leasehold-cut";

    /** On an end: the shard whose it is. */
    static final String SHARD = "leasehold-shard";

    /** On an end: its number in the shard; with the shard it tells repeated copies apart. */
    static final String NUMBER = "leasehold-number";

    /** W3C trace context. */
    static final String TRACEPARENT = "traceparent";

    private RecordHeaders() {}

    static void set(Headers headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The last header of that name as text; null if there is none. */
    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    static long bytes(Headers headers) {
        long sum = 0;
        for (Header header : headers) {
            sum += bytes(header);
        }
        return sum;
    }

    /** Upper bound of a header's size in a record: the two lengths take at most five bytes each. */
    private static long bytes(Header header) {
        int value = header.value() == null ? 0 : header.value().length;
        return 10L + header.key().getBytes(StandardCharsets.UTF_8).length + value;
    }
}

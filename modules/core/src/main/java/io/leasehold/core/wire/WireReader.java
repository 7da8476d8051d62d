package io.leasehold.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link WireWriter} spelled. Whatever the bytes, it throws nothing but {@link UnreadableRecordException}. Not
 * thread-safe.
 */
public final class WireReader {
    private static final byte[] NONE = {};

    private byte[] buffer = NONE;
    private int at;

    public WireReader() {}

    public WireReader(byte[] bytes) {
        buffer = bytes;
    }

    /** Begins at the first of these bytes. */
    public void begin(byte[] bytes) {
        buffer = bytes;
        at = 0;
    }

    /** Begins at this place of these bytes. */
    public void begin(byte[] bytes, int place) {
        buffer = bytes;
        at = place;
    }

    public boolean hasMore() {
        return at < buffer.length;
    }

    /** The place of the next byte. */
    public int at() {
        return at;
    }

    /** Goes back to a place that {@link #at} told. */
    public void backTo(int place) {
        at = place;
    }

    /** The next byte, which stays the next. */
    public int peek() {
        need(1);
        return buffer[at] & 0xff;
    }

    public int one() {
        need(1);
        return buffer[at++] & 0xff;
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = one();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new UnreadableRecordException("varint: longer than ten bytes");
    }

    public long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public long fixed64() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (buffer[at++] & 0xff);
        }
        return value;
    }

    /** Null if there is none. */
    public String text() {
        int length = textLength();
        if (length < 0) {
            return null;
        }
        String value = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    /** The same text, by way of one that is often repeated: then nothing is made anew. */
    public String text(RecentText recent) {
        int length = textLength();
        if (length < 0) {
            return null;
        }
        String value = recent.of(buffer, at, at + length);
        at += length;
        return value;
    }

    /** The text's length in bytes, of which the next to be read is the first; -1 if there is none. */
    public int textLength() {
        int length = length() - 1;
        need(Math.max(0, length));
        return length;
    }

    /** Passes over a text; false if there is none. */
    public boolean skipText() {
        int length = textLength();
        at += Math.max(0, length);
        return length >= 0;
    }

    public byte[] bytes() {
        int length = bytesLength();
        if (length == 0) {
            return NONE;
        }
        byte[] value = Arrays.copyOfRange(buffer, at, at + length);
        at += length;
        return value;
    }

    /** How many bytes there are, of which the next to be read is the first. */
    public int bytesLength() {
        int length = length();
        need(length);
        return length;
    }

    public void skipBytes() {
        int length = bytesLength();
        at += length;
    }

    /** A copy of what was read since a place that {@link #at} told. */
    public byte[] since(int place) {
        return Arrays.copyOfRange(buffer, place, at);
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new UnreadableRecordException("length: " + length + " (expected: at most the record's size)");
        }
        return (int) length;
    }

    private void need(int bytes) {
        if (buffer.length - at < bytes) {
            throw new UnreadableRecordException("journal record: ends within an event");
        }
    }
}

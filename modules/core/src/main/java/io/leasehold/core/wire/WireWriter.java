package io.leasehold.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Spells values as the journal does. Whole numbers are varints of seven bits a byte, low bits first; those that may be
 * negative are zigzag-coded. Text is a varint of its UTF-8 length + 1 and the bytes, 0 for null; bytes are a varint of the
 * length and the bytes; a fixed number is its 8 bytes, high byte first. Not thread-safe; grows as needed.
 */
public final class WireWriter {
    private byte[] buffer;
    private int size;

    public WireWriter(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    /** Forgets what was written. */
    public void clear() {
        size = 0;
    }

    /** Bytes so far. */
    public int size() {
        return size;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** Puts what was written there; it must have room. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(buffer, 0, target, at, size);
    }

    public void one(int value) {
        room(1);
        buffer[size++] = (byte) value;
    }

    public void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    public void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    public void fixed64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    /** Half of a surrogate pair, which UTF-8 cannot carry, becomes a question mark. */
    public void text(String value) {
        if (value == null) {
            one(0);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length + 1L);
        raw(utf8);
    }

    public void bytes(byte[] value) {
        varint(value.length);
        raw(value);
    }

    /** The bytes alone, whose length the reader knows otherwise. */
    public void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}

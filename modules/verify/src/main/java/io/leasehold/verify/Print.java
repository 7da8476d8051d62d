package io.leasehold.verify;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Tells byte strings apart without keeping them: their length and their checksum in one number. */
final class Print {
    /** Of null. */
    static final long NONE = -1;
    /** Of no bytes. */
    static final long NOTHING = of(new byte[0]);

    private Print() {}

    static long of(byte[] bytes) {
        if (bytes == null) {
            return NONE;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return (long) bytes.length << 32 | checksum.getValue();
    }

    static long of(String text) {
        return text == null ? NONE : of(text.getBytes(StandardCharsets.UTF_8));
    }

    static int length(long print) {
        return print == NONE ? 0 : (int) (print >>> 32);
    }

    static String text(long print) {
        return print == NONE ? "none" : length(print) + " bytes with checksum " + Long.toHexString(print & 0xffffffffL);
    }
}

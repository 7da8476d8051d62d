package io.leasehold.cli.bench.system;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The tasks that are handed in, each known by its number: a JSON string with the number in front, and a priority that
 * follows from the number.
 *
 * @param payloadBytes of each, quotes included
 * @param priorities how many there are: from 0 up to one less, evenly
 */
public record Work(int payloadBytes, int priorities) {
    public static final int LEAST_BYTES = 16;

    private static final int DIGITS = 12;
    private static final int RADIX = 10;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public byte[] payload(long number) {
        byte[] json = new byte[payloadBytes];
        Arrays.fill(json, (byte) 'x');
        json[0] = '"';
        json[json.length - 1] = '"';
        long rest = number;
        for (int i = DIGITS; i > 0; i--) {
            json[i] = (byte) ('0' + rest % RADIX);
            rest /= RADIX;
        }
        return json;
    }

    /** The number in a payload. */
    public static long number(byte[] payload) {
        long number = 0;
        for (int i = 1; i <= DIGITS; i++) {
            int digit = payload[i] - '0';
            if (digit < 0 || digit >= RADIX) {
                String text = new String(payload, StandardCharsets.UTF_8);
                throw new IllegalArgumentException("payload: " + text + " (expected: one of this program's own)");
            }
            number = number * RADIX + digit;
        }
        return number;
    }

    /** Higher is more urgent. */
    public int priority(long number) {
        long mixed = number * GOLDEN;
        return (int) Math.floorMod((mixed ^ (mixed >>> 32)) >>> 8, (long) priorities);
    }
}

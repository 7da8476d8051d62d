package io.leasehold.api;

import java.security.SecureRandom;
import java.util.UUID;

/** The name of a task. */
public record TaskId(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A fresh one: a UUID of version 7 (RFC 9562), which begins with the time and so sorts by it. Any thread. */
    public static TaskId random() {
        long millis = System.currentTimeMillis();
        long high = millis << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
        long low = RANDOM.nextLong() >>> 2 | 1L << 63;
        return new TaskId(new UUID(high, low).toString());
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.leasehold.server.http;

import io.leasehold.api.Limits;

/** How large bodies may be, by where they go: as large as what honest clients send there, and no larger. In bytes. */
final class BodyLimits {
    private static final int KIB = 1024;

    /** Quotes, comma and escapes of one name or token of an array. */
    private static final int AROUND_A_NAME = 3;
    /** A character of two bytes may be written as an escape of six. */
    private static final int LONGEST_ESCAPE = 3;

    private final int ceiling;
    private final int maxTaskBytes;

    /** @param ceiling what no body may exceed */
    BodyLimits(int ceiling, int maxTaskBytes) {
        this.ceiling = ceiling;
        this.maxTaskBytes = maxTaskBytes;
    }

    /** One task may be spaced out in its body, and is measured when it was read; only an array takes all that is allowed. */
    BodyLimit tasks() {
        return new BodyLimit(Math.max(1024 * KIB, saturated(2L * maxTaskBytes)), ceiling).within(ceiling);
    }

    /** Reports carry results and errors of up to 64 KiB each. */
    BodyLimit report() {
        return BodyLimit.of(ceiling);
    }

    BodyLimit heartbeat() {
        int tokens = Limits.MAX_LEASES_PER_REQUEST * (Limits.MAX_LEASE_TOKEN_LENGTH + AROUND_A_NAME);
        return BodyLimit.of(words().most() + tokens).within(ceiling);
    }

    BodyLimit redrive() {
        int ids = Limits.MAX_IDS_PER_REDRIVE * (Limits.MAX_NAME_BYTES * LONGEST_ESCAPE + AROUND_A_NAME);
        return BodyLimit.of(words().most() + ids).within(ceiling);
    }

    BodyLimit purge() {
        int ids = Limits.MAX_IDS_PER_PURGE * (Limits.MAX_NAME_BYTES * LONGEST_ESCAPE + AROUND_A_NAME);
        return BodyLimit.of(words().most() + ids).within(ceiling);
    }

    /** A few names and numbers. */
    BodyLimit words() {
        return BodyLimit.of(256 * KIB).within(ceiling);
    }

    private static int saturated(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}

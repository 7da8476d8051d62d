package io.leasehold.cli.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people read them. */
public final class Times {
    private Times() {}

    /** Epoch milliseconds as RFC 3339 to the second, or null. */
    public static String at(Long epochMs) {
        return epochMs == null
                ? null
                : Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A span such as {@code 3.2 s}. */
    public static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }
}

package io.leasehold.cli.bench;

import java.util.Locale;

/** How far something is, as a bar. */
public final class Progress {
    private static final int WIDTH = 40;

    private Progress() {}

    public static String bar(String what, long done, long all) {
        int full = (int) Math.min(WIDTH, WIDTH * done / Math.max(1, all));
        return String.format(
                Locale.ROOT, "%-18s [%s%s] %d of %d", what, "#".repeat(full), ".".repeat(WIDTH - full), done, all);
    }
}

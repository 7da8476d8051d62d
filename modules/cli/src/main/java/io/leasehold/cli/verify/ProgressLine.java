package io.leasehold.cli.verify;

import java.io.PrintWriter;
import java.util.Locale;

/** One line that is drawn over while journals are read; nothing unless a person is watching. */
final class ProgressLine implements Verification.Progress {
    private static final int BAR = 30;
    private static final long DRAW_EVERY_NANOS = 100_000_000L;

    private final PrintWriter err;
    private final boolean live;
    private long drawnNanos;

    ProgressLine(PrintWriter err, boolean live) {
        this.err = err;
        this.live = live;
    }

    @Override
    public void read(int shard, long from, long next, long to) {
        long nowNanos = System.nanoTime();
        if (!live || (next < to && nowNanos - drawnNanos < DRAW_EVERY_NANOS)) {
            return;
        }
        drawnNanos = nowNanos;
        int done = (int) (BAR * (next - from) / Math.max(1, to - from));
        err.printf(
                Locale.ROOT,
                "\rshard %d  [%s%s]  %,d of %,d records",
                shard,
                "#".repeat(done),
                " ".repeat(BAR - done),
                next - from,
                to - from);
        err.flush();
    }

    void clear() {
        if (live && drawnNanos != 0) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}

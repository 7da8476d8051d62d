package io.leasehold.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Shows how far things are. On a terminal a block of lines is drawn over in place, with news above it; elsewhere news and,
 * now and then, the block's first line are printed one below the other.
 */
public final class Screen {
    private static final long PLAIN_PAUSE_NANOS = 2_000_000_000L;
    private static final String UP = "\u001b[%dF";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final boolean live;
    private final long startedNanos = System.nanoTime();
    private List<String> block = List.of();
    private int drawn;
    private long plainNanos = startedNanos;

    /** @param live whether lines can be drawn over */
    public Screen(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Something happened: stays on the screen. */
    public void news(String text) {
        erase();
        out.println(clock() + "  " + text);
        draw();
    }

    /** How things stand; the first line sums it up. */
    public void show(List<String> lines) {
        if (live) {
            erase();
            block = lines;
            draw();
        } else if (System.nanoTime() - plainNanos > PLAIN_PAUSE_NANOS) {
            plainNanos = System.nanoTime();
            out.println(clock() + "  " + lines.get(0));
            out.flush();
        }
    }

    /** Leaves the last block where it is and goes on below. */
    public void done() {
        block = List.of();
        drawn = 0;
    }

    private void erase() {
        if (drawn > 0) {
            out.printf(UP, drawn);
            out.print(CLEAR_BELOW);
            drawn = 0;
        }
    }

    private void draw() {
        for (String line : block) {
            out.println(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
        }
        drawn = block.size();
        out.flush();
    }

    private String clock() {
        return String.format(Locale.ROOT, "%6.1f s", (System.nanoTime() - startedNanos) / 1e9);
    }
}

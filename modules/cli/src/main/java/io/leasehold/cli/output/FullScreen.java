package io.leasehold.cli.output;

import java.io.PrintWriter;
import java.util.List;

/**
 * A terminal's second screen, drawn over again and again; what stood on the first one is there again when it is closed, which
 * the end of the process sees to as well.
 */
public final class FullScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final boolean styled;
    private boolean closed;

    /** @param styled whether heads may be bold */
    public FullScreen(PrintWriter out, boolean styled) {
        this.out = out;
        this.styled = styled;
        out.print(ENTER);
        out.flush();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "screen"));
    }

    /** @param lines none longer than the screen is wide; one all in capitals, or beginning so, is a head */
    public synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder page = new StringBuilder(HOME);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean head = styled && line.matches("[A-Z]{3,}( .*)?");
            page.append(head ? BOLD + line + PLAIN : line)
                    .append(CLEAR_LINE)
                    .append(i < lines.size() - 1 ? "\r\n" : "");
        }
        out.print(page.append(CLEAR_BELOW));
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            out.print(LEAVE);
            out.flush();
        }
    }
}

package io.leasehold.cli.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a command prints, on a thread of its own, so that the command never blocks on a full pipe. Keeps a bounded part
 * of it: the beginning or the end.
 */
final class Outlet {
    private static final int CHUNK = 8 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private final boolean keepsEnd;
    private final Thread thread;
    private long total;

    private Outlet(InputStream in, int limit, boolean keepsEnd) {
        this.limit = limit;
        this.keepsEnd = keepsEnd;
        this.thread = new Thread(() -> drain(in), keepsEnd ? "command-stderr" : "command-stdout");
        thread.setDaemon(true);
    }

    /** Keeps the first {@code limit} bytes. */
    static Outlet beginning(InputStream in, int limit) {
        return new Outlet(in, limit, false).start();
    }

    /** Keeps the last {@code limit} bytes. */
    static Outlet end(InputStream in, int limit) {
        return new Outlet(in, limit, true).start();
    }

    private Outlet start() {
        thread.start();
        return this;
    }

    /** Waits until the pipe is closed, but not longer than that: a grandchild may hold it open for ever. */
    void await(long millis) throws InterruptedException {
        thread.join(millis);
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** Whether there was more than is kept. */
    synchronized boolean overflowed() {
        return total > limit;
    }

    private void drain(InputStream in) {
        byte[] chunk = new byte[CHUNK];
        try (in) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                keep(chunk, length);
            }
        } catch (IOException e) {
            // The command was killed: what it said until then is kept.
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        total += length;
        if (!keepsEnd) {
            kept.write(chunk, 0, Math.min(length, limit - kept.size()));
            return;
        }
        kept.write(chunk, 0, length);
        if (kept.size() > limit) {
            byte[] all = kept.toByteArray();
            kept.reset();
            kept.write(all, all.length - limit, limit);
        }
    }
}
